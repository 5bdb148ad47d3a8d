# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::image' do
  images = ModuleUnderTest.data.fetch('clone_army::images')

  supported_hosts.each do |os, os_facts|
    context "on #{os}" do
      let(:facts) { os_facts }

      it('gives the system of the node') { is_expected.to run.with_params(image_of(os_facts)).and_return(images.fetch(image_of(os_facts))) }
    end
  end

  context 'without such an image' do
    let(:facts) { any_host }

    it 'names those that there are' do
      is_expected.to run.with_params('haiku-1').and_raise_error(/no image "haiku-1"; there are #{Regexp.escape(images.keys.sort.join(', '))}/)
    end
  end

  host_of_each_family.each do |family, os_facts|
    foreign = images.find { |_, image| image['bootstrapper'] != images.fetch(image_of(os_facts))['bootstrapper'] }
    next unless foreign

    context "on a host of the family #{family}" do
      let(:facts) { os_facts }

      it "refuses what no package there lays out, such as #{foreign.first}, and names what it can do" do
        node = Regexp.escape("#{os_facts[:os]['name']} #{os_facts[:os]['release']['major']}")
        is_expected.to run.with_params(foreign.first).and_raise_error(
          /image "#{foreign.first}" is laid out by #{foreign.last['bootstrapper']}, and #{node} has no packages that do so for #{foreign.last['os']}; images for this node are .*#{Regexp.escape(image_of(os_facts))}/,
        )
      end
    end
  end
end
