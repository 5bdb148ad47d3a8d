# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::groups' do
  let(:facts) { with_memory(any_host, 662 + (150 * 30)) }

  def group(base, count, prefix = "#{base}-")
    { 'base' => base, 'prefix' => prefix, 'first' => 1, 'count' => count }
  end

  def bases(**definitions)
    definitions.to_h { |name, definition| [name.to_s, definition.transform_keys(&:to_s)] }
  end

  it 'gives one base the whole fleet, as large as memory allows' do
    is_expected.to run.with_params(bases(one: {}), nil, 'service', 1800).and_return([group('one', 30)])
  end

  it 'gives counts as they are' do
    is_expected.to run.with_params(bases(old: { count: 4 }, new: { count: 6 }), nil, 'service', 1800).and_return([group('old', 4), group('new', 6)])
  end

  it 'deals out what counts leave by shares, the remainder to the first' do
    is_expected.to run.with_params(bases(few: { count: 2 }, some: {}, more: { share: 2 }), 13, 'service', 1800)
                      .and_return([group('few', 2), group('some', 4), group('more', 7)])
  end

  it 'leaves no base without a clone' do
    is_expected.to run.with_params(bases(one: { share: 1 }, many: { share: 1000 }), 3, 'service', 1800).and_return([group('one', 2), group('many', 1)])
  end

  it 'names clones by their prefix, or by their base without dots' do
    is_expected.to run.with_params(bases('debian-12.1': { count: 1 }, other: { count: 1, prefix: 'x' }), nil, 'service', 1800)
                      .and_return([group('debian-12.1', 1, 'debian-12-1-'), group('other', 1, 'x')])
  end

  it 'tells what is laid over a base, where something is' do
    is_expected.to run.with_params(bases(plain: { count: 1, patches: [] }, patched: { count: 1, patches: ['/srv/next'] }), nil, 'service', 1800)
                      .and_return([group('plain', 1), group('patched', 1).merge('patches' => ['/srv/next'])])
  end

  {
    'patches that are no paths' => [{ a: { patches: ['next'] } }, nil, /bases\['a'\] has .*patches are paths of folders/],
    'a count and a share' => [{ a: { count: 1, share: 1 } }, nil, /bases\['a'\] has both a count and a share/],
    'a prefix that ends in a digit' => [{ a: { prefix: 'a1' } }, nil, /bases\['a'\] has .*prefix ends in no digit/],
    'a count of nothing' => [{ a: { count: 0 } }, nil, /bases\['a'\] has/],
    'one prefix for two' => [{ a: { prefix: 'x' }, b: { prefix: 'x' } }, nil, /clones of the bases a and b would all be called x1/],
    'counts that are not num_clones' => [{ a: { count: 2 } }, 3, /num_clones is 3, but the counts of bases add up to 2/],
    'counts that leave nothing' => [{ a: { count: 3 }, b: {} }, 3, /of 3 clones the counts of bases leave 0, too few for 1 more/],
    'more than memory holds' => [{ a: { count: 90 } }, nil, /num_clones is 90, but/],
  }.each do |what, (definitions, num_clones, message)|
    it "refuses #{what}" do
      is_expected.to run.with_params(bases(**definitions), num_clones, 'service', 1800).and_raise_error(message)
    end
  end
end
