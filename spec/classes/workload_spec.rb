# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::workload' do
  let(:node) { 'clone1.host.example.com' }
  let(:facts) { any_host.merge(virtual: 'systemd_nspawn') }
  let(:folder) { '/var/lib/clone-workload' }

  def names
    catalogue.resources.select { |resource| resource.type == 'File' }.map { |file| file.title.delete_prefix("#{folder}/") } - [folder]
  end

  def content(name)
    catalogue.resource('file', "#{folder}/#{name}")[:content]
  end

  it 'manages an empty folder by default' do
    is_expected.to compile.with_all_deps
    is_expected.to contain_file(folder).with(ensure: 'directory', recurse: true, purge: true, force: true)
    expect(names).to be_empty
  end

  context 'with files of each kind' do
    let(:params) { { files: 2, file_size: 2000, sources: 1, source_size: '16k', templates: 1, changes: 1 } }

    it { is_expected.to compile.with_all_deps }

    it 'has as many as asked for' do
      expect(names).to contain_exactly('content-0', 'content-1', 'source-0', 'template-0', 'changing-0')
    end

    it 'has content of the given size, which differs from file to file and from clone to clone' do
      expect(content('content-0')).to start_with('clone1.host.example.com 0 ').and have_attributes(bytesize: 2000)
      expect(content('content-1')).to start_with('clone1.host.example.com 1 ')
    end

    it 'gets sources from the module' do
      is_expected.to contain_file("#{folder}/source-0").with_source('puppet:///modules/clone_army/workload/16k.txt')
      expect(File.size(File.join(ModuleUnderTest::ROOT, 'files/workload/16k.txt'))).to eq(16_384)
    end

    it 'renders templates' do
      expect(content('template-0').lines.length).to eq(21)
    end

    it 'changes files by the time' do
      expect(content('changing-0')).to match(/\A\d{4}-\d\d-\d\dT/)
    end
  end

  context 'with exported resources' do
    let(:params) { { exported: 2, circles: 3 } }

    it 'exports them to its circle' do
      files = exported_resources.call.resources.select { |resource| resource.type == 'File' }
      expect(files.map(&:title)).to eq(["#{folder}/from-#{node}-0", "#{folder}/from-#{node}-1"])
      expect(files.map { |file| file[:tag] }.uniq).to match([/\Aclone_workload_[012]\z/])
    end
  end

  context 'with roles' do
    let(:params) { { files: 1, templates: 1, roles: { 'large' => { 'weight' => 1, 'files' => 3, 'compile_time' => 0.0 } } } }

    it 'has what the role says, and the rest as all have it' do
      expect(names).to contain_exactly('content-0', 'content-1', 'content-2', 'template-0')
    end
  end

  context 'with a time to compile' do
    let(:params) { { compile_time: 0.3, compile_with: 'sleep' } }

    it 'takes that time' do
      begin_at = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      catalogue
      expect(Process.clock_gettime(Process::CLOCK_MONOTONIC) - begin_at).to be >= 0.3
    end
  end

  context 'when absent' do
    let(:params) { { ensure: 'absent', files: 3 } }

    it 'removes the folder, and has nothing in it' do
      is_expected.to contain_file(folder).with_ensure('absent')
      expect(names).to be_empty
    end
  end

  context 'on a node that is no clone' do
    let(:facts) { any_host.merge(virtual: 'kvm') }

    it { is_expected.to compile.and_raise_error(/clone_army::workload is for clones, but clone1\.host\.example\.com is none \(its fact "virtual" is "kvm"\)/) }
  end

  context 'with a parameter that no role has' do
    let(:params) { { roles: { 'x' => { 'fils' => 1 } } } }

    it { is_expected.to compile.and_raise_error(/unrecognized key 'fils'/) }
  end
end
