# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::json' do
  it { is_expected.to run.with_params({ 'a' => [1, nil] }).and_return("{\n  \"a\": [\n    1,\n    null\n  ]\n}\n") }
  it { is_expected.to run.with_params('text').and_return("\"text\"\n") }
end
