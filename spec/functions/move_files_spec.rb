# frozen_string_literal: true

require 'spec_helper'
require 'tmpdir'

describe 'clone_army::move_files' do
  let(:scratch) { Dir.mktmpdir }
  let(:from) { File.join(scratch, 'from') }
  let(:to) { File.join(scratch, 'new/to') }

  after { FileUtils.rm_rf(scratch) }

  def write(path, text)
    FileUtils.mkdir_p(File.dirname(path))
    File.write(path, text)
  end

  it 'moves a tree to a folder that it creates' do
    write(File.join(from, 'result.json'), '{}')
    write(File.join(from, 'hosts/load1/reduced.json.gz'), 'x')

    is_expected.to run.with_params(from, to).and_return([File.join(to, 'hosts/load1/reduced.json.gz'), File.join(to, 'result.json')])
    expect(File.read(File.join(to, 'result.json'))).to eq('{}')
    expect(File).not_to exist(from)
  end

  it 'replaces files, and leaves others alone' do
    write(File.join(from, 'result.json'), 'new')
    write(File.join(to, 'result.json'), 'old')
    write(File.join(to, 'notes.txt'), 'mine')

    is_expected.to run.with_params(from, to).and_return([File.join(to, 'result.json')])
    expect(Dir.children(to).to_h { |name| [name, File.read(File.join(to, name))] }).to eq('result.json' => 'new', 'notes.txt' => 'mine')
  end

  it 'says which folder is the problem' do
    write(File.join(from, 'result.json'), 'new')
    write(to, 'a file')

    is_expected.to run.with_params(from, to).and_raise_error(Puppet::Error, /cannot move \S+from to \S+new\/to: .*choose a folder/)
  end
end
