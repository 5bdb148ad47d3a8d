# frozen_string_literal: true

require 'spec_helper'

# No let(:params): the example compiles catalogs with different parameters.
describe 'clone_army' do
  let(:facts) { with_memory(any_host, 256 * 1024) }

  def catalog_of(num_clones)
    # An environment caches its catalog.
    RSpec.configuration.adapter.setup_puppet(self)
    load_catalogue(:class, false, params: { master: 'puppet.example.com', num_clones: num_clones })
  end

  def size_of(fleet)
    JSON.parse(fleet.resource('file', '/etc/puppet-clone-army/fleet.json')[:content])['groups'].sum { |group| group['count'] }
  end

  it 'has the same resources for a thousand clones as for one' do
    one, thousand = [1, 1000].map { |num_clones| catalog_of(num_clones) }

    expect([size_of(one), size_of(thousand)]).to eq([1, 1000])
    expect(thousand.resources.map(&:ref)).to eq(one.resources.map(&:ref))
  end
end
