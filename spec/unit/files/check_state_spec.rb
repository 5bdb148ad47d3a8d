# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/check-state' do
  let(:host) { Sandbox.new }
  let(:state) { host.path('/var/lib/puppet-clone-army') }

  before do
    host.install_scripts('check-state')
    FileUtils.mkdir_p(state)
    mounted
    fstab
    units
  end

  after { host.remove }

  def outcomes(paths, known, otherwise)
    "case $last in #{[*paths.map { |path| "'#{path}'" }, "''"].join('|')}) #{known} ;; *) #{otherwise} ;; esac"
  end

  def last_argument(command, lines)
    host.stand_in(command, "for last; do :; done\n#{lines}")
  end

  def mounted(*paths)
    last_argument('mountpoint', outcomes(paths, 'exit 0', 'exit 1'))
  end

  def fstab(*paths)
    last_argument('findmnt', outcomes(paths, 'exit 0', 'exit 1'))
  end

  def units(*paths)
    last_argument('systemd-escape', 'echo "$last"')
    last_argument('systemctl', outcomes(paths, 'echo /run/systemd/generator/a.mount', 'echo'))
  end

  def check
    host.run('/usr/local/libexec/puppet-clone-army/check-state')
  end

  it('succeeds without a file system for images') { expect(check).to have_attributes(status: 0, errors: '') }

  it 'succeeds before the folder exists' do
    FileUtils.rmdir(state)
    expect(check).to have_attributes(status: 0, errors: '')
  end

  { 'fstab' => :fstab, 'a unit of systemd' => :units }.each do |source, declare|
    it "fails if the file system that #{source} has for the folder is not mounted" do
      public_send(declare, state)
      expect(check).to have_attributes(status: 1, errors: /no file system is mounted at #{state}, but .* has one for it; mount it, or/)
    end

    it "succeeds if the file system that #{source} has for the folder is mounted" do
      public_send(declare, state)
      mounted(state)
      expect(check).to have_attributes(status: 0, errors: '')
    end

    it "fails if the file system that #{source} has for a folder above is not mounted" do
      public_send(declare, File.dirname(state))
      expect(check).to have_attributes(status: 1, errors: /mounted at #{File.dirname(state)}, but/)
    end
  end

  it 'succeeds if systemd has a unit without a file, of what was mounted there before' do
    units
    last_argument('systemctl', 'case "$*" in *--property=LoadState*) echo LoadState=loaded ;; *) echo ;; esac')
    expect(check).to have_attributes(status: 0, errors: '')
  end

  it 'follows a link to where images are' do
    FileUtils.rmdir(state)
    FileUtils.ln_s(host.path('/srv/clones'), state)
    fstab(host.path('/srv'))
    expect(check).to have_attributes(status: 1, errors: /mounted at #{host.path('/srv')}, but/)
  end
end
