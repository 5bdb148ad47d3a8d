# frozen_string_literal: true

require 'spec_helper'

# How Puppet's own provider handles the Node.js stream that the class declares on the Red Hat family.
describe 'Package[nodejs] from a stream' do
  let(:provider) { Puppet::Type.type(:package).new(name: 'nodejs', ensure: '20', provider: 'dnfmodule').provider }
  let(:calls) { [] }
  let(:streams) { "nodejs  18 [d]    common [d], development  JavaScript runtime\nnodejs  20    common [d], development  JavaScript runtime\n" }

  before do
    allow(provider.class).to receive(:command).with(:dnf).and_return('/usr/bin/dnf')
    allow(provider).to receive(:command).with(:dnf).and_return('/usr/bin/dnf')
    allow(provider.class).to receive(:error_level).and_return('0')
    allow(provider).to receive(:execute) { |command| calls << command }
    allow(provider.class).to receive(:execute) do |command|
      calls << command
      streams
    end
  end

  it 'queries the streams' do
    expect(provider.query).to be_nil
    expect(calls).to eq(['/usr/bin/dnf module list -y -d 0 -e 0'])
  end

  it 'installs the stream' do
    provider.properties
    provider.install
    expect(calls.drop(1)).to eq([['/usr/bin/dnf', 'module', 'install', '-d', '0', '-e', '0', '-y', 'nodejs:20']])
  end

  context 'when it is installed' do
    let(:streams) { "nodejs  20 [e]    common [d] [i], development  JavaScript runtime\n" }

    it('is in sync') { expect(provider.query).to include(ensure: '20') }
  end
end
