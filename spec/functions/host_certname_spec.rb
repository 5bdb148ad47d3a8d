# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::host_certname' do
  def self.with_certname(certname)
    let(:facts) { any_host.merge(clone_army: { 'certname' => certname, 'systemd' => 252 }) }
  end

  def clones(prefix, count)
    [{ 'base' => 'other', 'prefix' => 'c', 'first' => 1, 'count' => 1 }, { 'base' => 'base', 'prefix' => prefix, 'first' => 1, 'count' => count }]
  end

  context 'with an ordinary certname' do
    with_certname('host.example.com')

    it { is_expected.to run.with_params(clones('clone', 10_000)).and_return('host.example.com') }
  end

  [nil, '', 'Host.example.com', 'host name'].each do |certname|
    context "with the certname #{certname.inspect}" do
      with_certname(certname)

      it { is_expected.to run.with_params(clones('clone', 1)).and_raise_error(/the certname of this host is "#{certname}".*set certname in section \[agent\]/) }
    end
  end

  context 'when the last clone has the longest hostname that Linux allows' do
    # "clone10." has 8 of the 64 characters.
    with_certname('h' * 56)

    it { is_expected.to run.with_params(clones('clone', 10)).and_return('h' * 56) }
    it { is_expected.to run.with_params(clones('clone', 100)).and_raise_error(/hostname "clone100\.h+" has 65 characters, but Linux allows 64; choose a shorter prefix/) }
  end
end
