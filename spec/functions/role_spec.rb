# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::role' do
  it { is_expected.to run.with_params('clone1.host.example.com', {}).and_return(nil) }
  it { is_expected.to run.with_params('clone1.host.example.com', { 'only' => {} }).and_return('only') }

  it 'is as frequent as its weight says, and always the same for a certname' do
    roles = { 'web' => { 'weight' => 3 }, 'database' => {} }
    names = Array.new(400) { |i| "clone#{i}.host.example.com" }
    drawn = names.map { |name| subject.execute(name, roles) }

    expect(drawn.count('web')).to be_within(30).of(300)
    expect(drawn.count('database')).to eq(400 - drawn.count('web'))
    expect(names.first(10).map { |name| subject.execute(name, roles) }).to eq(drawn.first(10))
  end
end
