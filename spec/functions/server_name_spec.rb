# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::server_name' do
  let(:facts) { any_host }

  it { is_expected.to run.with_params('puppet.example.com').and_return('puppet.example.com') }

  context 'without a server that compiles the catalog' do
    it { is_expected.to run.with_params(nil).and_raise_error(/"master" is not set.*set it to the certname of the server/) }
  end

  context 'under bolt apply, where the server facts describe the machine that runs Bolt' do
    let(:facts) { any_host.merge(bolt: true) }

    it { is_expected.to run.with_params('puppet.example.com').and_return('puppet.example.com') }
    it { is_expected.to run.with_params(nil).and_raise_error(/"master" is not set/) }
  end
end
