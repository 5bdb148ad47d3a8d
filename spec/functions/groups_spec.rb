# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::groups' do
  def part(base, more = {})
    { 'base' => base, 'prefix' => "#{base}-", 'share' => 1, 'patches' => [] }.merge(more.transform_keys(&:to_s))
  end

  def group(base, count)
    { 'base' => base, 'prefix' => "#{base}-", 'first' => 1, 'count' => count }
  end

  it 'gives the whole fleet to a single base image' do
    is_expected.to run.with_params([part('one')], 30).and_return([group('one', 30)])
  end

  it 'honours counts' do
    is_expected.to run.with_params([part('old', count: 4), part('new', count: 6)], 10).and_return([group('old', 4), group('new', 6)])
  end

  it 'distributes the remaining clones by shares, the remainder to the first' do
    is_expected.to run.with_params([part('few', count: 2), part('some'), part('more', share: 2)], 13)
                      .and_return([group('few', 2), group('some', 4), group('more', 7)])
  end

  it 'gives each base image at least one clone' do
    is_expected.to run.with_params([part('one'), part('many', share: 1000)], 3).and_return([group('one', 2), group('many', 1)])
  end

  it 'includes patches, if there are any' do
    is_expected.to run.with_params([part('plain', count: 1), part('patched', count: 1, patches: ['/srv/next'])], 2)
                      .and_return([group('plain', 1), group('patched', 1).merge('patches' => ['/srv/next'])])
  end

  it 'rejects counts that leave too few clones for the other base images' do
    is_expected.to run.with_params([part('a', count: 3), part('b'), part('c')], 4)
                      .and_raise_error(/the counts in bases leave 1 of 4 clones, but each of the other base images \(b, c\) needs at least one/)
    is_expected.to run.with_params([part('a', count: 5), part('b')], 4).and_raise_error(/leave 0 of 4 clones/)
  end
end
