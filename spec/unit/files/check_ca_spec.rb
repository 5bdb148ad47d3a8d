# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/check-ca' do
  let(:host) { Sandbox.new }
  let(:state) { '/var/lib/puppet-clone-army' }
  let(:script) { '/usr/local/libexec/puppet-clone-army/check-ca' }
  let(:ours) { pem('b3Vycw==') }
  let(:theirs) { pem('dGhlaXJz') }

  before do
    host.install_scripts('check-ca')
    host.write('/etc/puppet-clone-army/fleet.json', JSON.generate('server' => 'puppet.example.com'))
    wants = ['clone1', 'clone2'].map { |clone| "Wants=puppet-clone-army@#{clone}.service\n" }
    host.write('/run/systemd/generator/puppet-clone-army.target.d/50-fleet.conf', wants.join)
    host.write("#{state}/debian-13/usr/share/puppet-clone-army/agent.json", '{ "ssldir": "/var/lib/puppet/ssl" }')
    serve(ours)
  end

  after { host.remove }

  def pem(text)
    "-----BEGIN CERTIFICATE-----\n#{text}\n-----END CERTIFICATE-----\n"
  end

  def serve(text)
    host.write('served', text)
    host.stand_in('curl', "cat '#{host.path('served')}'")
  end

  def trust(clone, text)
    host.write(ca_of(clone), text)
  end

  def ca_of(clone)
    "#{state}/#{clone}-overlay/var/lib/puppet/ssl/certs/ca.pem"
  end

  def check
    host.run(script)
  end

  it 'asks nobody while no clone has a CA certificate' do
    expect(check).to have_attributes(status: 0, output: '', errors: '')
    expect(host.calls('curl')).to eq([])
  end

  it 'is content if all clones trust the CA of the server' do
    trust('clone1', ours)
    # An intermediate CA, and other line breaks.
    trust('clone2', (pem('cm9vdA==') + ours).gsub("\n", "\r\n"))
    expect(check).to have_attributes(status: 0, output: '', errors: '')
    expect(host.calls('curl').first.last).to eq('https://puppet.example.com:8140/puppet-ca/v1/certificate/ca')
  end

  it 'names the clones that trust another one, and the remedy' do
    trust('clone1', ours)
    trust('clone2', theirs)
    expect(check).to have_attributes(
      status: 1, output: '', errors: /\Acheck-ca: clones trust another CA than that of puppet\.example\.com, .*: clone2; run .*clone_army::reset .*keep_certificate=false/,
    )
  end

  it 'does not care about clones that left the fleet' do
    trust('clone3', theirs)
    expect(check).to have_attributes(status: 0)
  end

  it 'is content if the server does not answer, or not with certificates' do
    trust('clone1', theirs)
    host.stand_in('curl', 'exit 7')
    expect(check).to have_attributes(status: 0, output: '', errors: '')
    serve("<html>\n")
    expect(check).to have_attributes(status: 0, output: '', errors: '')
  end

  it 'opens nothing but regular files' do
    trust('clone1', ours)
    FileUtils.mkdir_p(File.dirname(host.path(ca_of('clone2'))))
    File.mkfifo(host.path(ca_of('clone2')))
    expect(check).to have_attributes(status: 0, output: '', errors: '')
  end
end
