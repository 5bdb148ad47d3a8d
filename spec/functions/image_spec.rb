# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::image' do
  images = ModuleUnderTest.data.fetch('clone_army::images')

  supported_hosts.each do |os, os_facts|
    context "on #{os}" do
      let(:facts) { os_facts }

      it('returns the system of the host') { is_expected.to run.with_params(image_of(os_facts)).and_return(images.fetch(image_of(os_facts))) }
    end
  end

  context 'with an unknown image' do
    let(:facts) { any_host }

    it 'names the known images' do
      is_expected.to run.with_params('haiku-1').and_raise_error(/no image "haiku-1"; the images are #{Regexp.escape(images.keys.sort.join(', '))}/)
    end
  end

  host_of_each_family.each do |family, os_facts|
    foreign = images.find { |_, image| image['bootstrapper'] != images.fetch(image_of(os_facts))['bootstrapper'] }
    next unless foreign

    context "on a host of the family #{family}" do
      let(:facts) { os_facts }

      it "rejects images that its packages cannot bootstrap, such as #{foreign.first}, and names the others" do
        host = Regexp.escape("#{os_facts[:os]['name']} #{os_facts[:os]['release']['major']}")
        is_expected.to run.with_params(foreign.first).and_raise_error(
          /image "#{foreign.first}" is built with #{foreign.last['bootstrapper']}, but #{host} has no packages that can bootstrap #{foreign.last['os']}; images for this host are .*#{Regexp.escape(image_of(os_facts))}/,
        )
      end
    end
  end
end
