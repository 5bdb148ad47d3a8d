# frozen_string_literal: true

require 'spec_helper'

describe 'Clone_army::Name' do
  ['web', 'debian-13', 'ubuntu-24.04', 'overlay', 'a' * 40].each { |value| it { is_expected.to allow_value(value) } }

  [
    '', '1web', 'Web', 'web-', '-web', 'web--2', 'web_2', 'a/b', '..', "web\n", 'a' * 41,
    'web-overlay', 'web-workdir', 'web-building', 'web-replaced',
  ].each { |value| it { is_expected.not_to allow_value(value) } }
end
