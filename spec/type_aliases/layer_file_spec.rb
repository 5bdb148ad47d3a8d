# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Layer_file' do
  it { is_expected.to allow_values({ 'content' => 'text' }, { 'content' => 'text', 'mode' => '0755' }, { 'target' => '/etc/file' }) }
  it { is_expected.not_to allow_values({}, { 'mode' => '0755' }, { 'content' => 'text', 'mode' => 'a+x' }, { 'content' => 'text', 'target' => '/etc/file' }) }
end
