# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::image' do
  let(:facts) { any_host }

  ModuleUnderTest.data.fetch('clone_army::images').each do |name, image|
    it { is_expected.to run.with_params(name).and_return(image) }
  end

  it 'names those that there are' do
    names = ModuleUnderTest.data.fetch('clone_army::images').keys.sort.join(', ')
    is_expected.to run.with_params('haiku-1').and_raise_error(/no image "haiku-1"; there are #{Regexp.escape(names)}/)
  end
end
