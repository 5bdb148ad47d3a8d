# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::base_images' do
  let(:facts) { any_host }
  let(:image) { image_of(facts) }

  it 'defaults to the system of the host' do
    is_expected.to run.with_params({}, {}, 'clone')
                      .and_return(image => { 'parameters' => { 'image' => image }, 'part' => { 'prefix' => 'clone' } })
  end

  it 'separates parameters of the define from what concerns the clones' do
    base = { 'name' => 'web', 'image' => 'debian-12', 'packages' => ['nginx'], 'patches' => ['/srv/next'] }
    is_expected.to run.with_params(base, {}, 'clone').and_return(
      'web' => {
        'parameters' => { 'image' => 'debian-12', 'packages' => ['nginx'] },
        'part' => { 'prefix' => 'clone', 'patches' => ['/srv/next'] },
      },
    )
  end

  it 'takes several base images as they are' do
    bases = { 'a' => { 'count' => 2, 'prefix' => 'x' }, 'b' => { 'share' => 3, 'image' => 'debian-12' } }
    is_expected.to run.with_params({}, bases, 'clone').and_return(
      'a' => { 'parameters' => {}, 'part' => { 'count' => 2, 'prefix' => 'x' } },
      'b' => { 'parameters' => { 'image' => 'debian-12' }, 'part' => { 'share' => 3 } },
    )
  end

  it 'rejects base and bases together' do
    is_expected.to run.with_params({ 'name' => 'a' }, { 'b' => {} }, 'clone').and_raise_error(/both base and bases are set/)
  end
end
