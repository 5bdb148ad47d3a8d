# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::host_image' do
  supported_hosts.each do |os, os_facts|
    context "on #{os}" do
      let(:facts) { os_facts }

      it('is an existing image') { expect(ModuleUnderTest.data.fetch('clone_army::images')).to include(subject.execute) }
    end
  end
end
