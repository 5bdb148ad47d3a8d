# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::requested_clones' do
  def part(base, more = {})
    { 'base' => base, 'prefix' => "#{base}-", 'share' => 1, 'patches' => [] }.merge(more)
  end

  context 'with counts for all base images' do
    let(:parts) { [part('a', 'count' => 2), part('b', 'count' => 3)] }

    it('is the sum of the counts') { is_expected.to run.with_params(nil, parts).and_return(5) }
    it('accepts the same num_clones') { is_expected.to run.with_params(5, parts).and_return(5) }
    it('rejects another num_clones') { is_expected.to run.with_params(6, parts).and_raise_error(/num_clones is 6, but the counts in bases add up to 5; leave num_clones out/) }
  end

  context 'with a base image without a count' do
    let(:parts) { [part('a', 'count' => 2), part('b')] }

    it('is num_clones') { is_expected.to run.with_params(6, parts).and_return(6) }
    it('is undef without num_clones') { is_expected.to run.with_params(nil, parts).and_return(nil) }
  end
end
