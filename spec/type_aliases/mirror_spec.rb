# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Mirror' do
  ['http://mirror.example.com/debian', 'https://mirror.example.com:8443/a?b=c'].each { |value| it { is_expected.to allow_value(value) } }

  ['', 'mirror.example.com', 'ftp://mirror.example.com', 'http://', 'http://a b', "http://a'b", "http://a\nb"].each do |value|
    it { is_expected.not_to allow_value(value) }
  end
end
