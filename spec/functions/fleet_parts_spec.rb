# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::fleet_parts' do
  def bases(**parts)
    parts.to_h { |name, part| [name.to_s, { 'parameters' => {}, 'part' => part.transform_keys(&:to_s) }] }
  end

  it 'fills in defaults, with the name of the base image without dots as the prefix' do
    is_expected.to run.with_params(bases('debian-12.1': { count: 1 }, other: { share: 2, prefix: 'x', patches: ['/srv/next'] })).and_return(
      [
        { 'base' => 'debian-12.1', 'prefix' => 'debian-12-1-', 'share' => 1, 'patches' => [], 'count' => 1 },
        { 'base' => 'other', 'prefix' => 'x', 'share' => 2, 'patches' => ['/srv/next'] },
      ],
    )
  end

  {
    'patches that are not paths' => [{ a: { patches: ['next'] } }, /bases\['a'\] has .*patches must be absolute paths/],
    'a count and a share' => [{ a: { count: 1, share: 1 } }, /bases\['a'\] has both a count and a share/],
    'a prefix that ends in a digit' => [{ a: { prefix: 'a1' } }, /bases\['a'\] has .*prefix must not end in a digit/],
    'a count of zero' => [{ a: { count: 0 } }, /bases\['a'\] has .*count must be a number of clones/],
    'two base images with the same prefix' => [{ a: { prefix: 'x' }, b: { prefix: 'x' } }, /the clones of bases a and b would all be called x1/],
  }.each do |what, (parts, message)|
    it "rejects #{what}" do
      is_expected.to run.with_params(bases(**parts)).and_raise_error(message)
    end
  end
end
