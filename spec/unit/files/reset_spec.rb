# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/reset.sh' do
  let(:host) { Sandbox.new }
  let(:state) { '/var/lib/puppet-clone-army' }
  let(:overlay) { "#{state}/clone1-overlay" }
  let(:request) { "#{state}/.clone1-reset" }
  let(:ssl) { '/etc/puppetlabs/puppet/ssl' }

  before do
    host.install_scripts('prepare-clone')
    fleet = { 'version' => 1, 'host' => 'host.example.com', 'run_mode' => 'service', 'lanes' => 2, 'groups' => [] }
    host.write('/etc/puppet-clone-army/fleet.json', JSON.pretty_generate(fleet))
    host.write('/etc/resolv.conf', "nameserver 192.0.2.53\n")
    host.write('/etc/hosts', '')
    host.stand_in('mountpoint', 'exit 1')
    host.write("#{overlay}/etc/motd", 'edited')
    host.write("#{overlay}#{ssl}/private_keys/clone1.pem", 'key', 0o640)
    FileUtils.chmod(0o750, host.path("#{overlay}/etc/puppetlabs/puppet"))
    host.write(File.join(state, 'clone1-workdir', 'work', 'x'), '')
  end

  after { host.remove }

  def prepare
    host.run('/usr/local/libexec/puppet-clone-army/prepare-clone', 'clone1')
  end

  # Files in the state folder, without those that prepare-clone itself creates.
  def leftovers
    Dir.children(host.path(state)).grep(/\A\./)
  end

  def edited?
    host.exist?("#{overlay}/etc/motd")
  end

  def key?
    host.exist?("#{overlay}#{ssl}/private_keys/clone1.pem")
  end

  it 'leaves an overlay alone without a request' do
    prepare
    expect([edited?, key?]).to eq([true, true])
  end

  it 'replaces the overlay, except for the folder to keep' do
    host.write(request, "#{ssl}\n")

    expect(prepare).to have_attributes(status: 0, errors: '')
    expect([edited?, key?]).to eq([false, true])
    expect(host.read("#{overlay}/etc/hostname")).to eq("clone1.host.example.com\n")
    expect(host.mode("#{overlay}/etc/puppetlabs/puppet")).to eq('0750')
    expect(host.mode("#{overlay}#{ssl}/private_keys/clone1.pem")).to eq('0640')
    expect(Dir.children(host.path("#{state}/clone1-workdir"))).to be_empty
    expect(leftovers).to be_empty
  end

  it 'keeps nothing if nothing is to be kept' do
    host.write(request, "\n")

    expect(prepare).to have_attributes(status: 0, errors: '')
    expect([edited?, key?]).to eq([false, false])
    expect(leftovers).to be_empty
  end

  it 'resets a clone that has no certificate yet, or no overlay' do
    [host.path(overlay + ssl), host.path(overlay)].each do |folder|
      FileUtils.rm_r(folder)
      host.write(request, "#{ssl}\n")

      expect(prepare).to have_attributes(status: 0, errors: '')
      expect(edited?).to be(false)
      expect(leftovers).to be_empty
    end
  end

  ['/etc', '/etc/puppetlabs', '/etc/puppetlabs/puppet', '/etc/puppetlabs/puppet/ssl'].each do |link|
    it "changes nothing if #{link} is a link, which may lead to files of the host" do
      host.write('/outside/puppetlabs/puppet/ssl/private_keys/clone1.pem', 'precious')
      host.write('/outside/puppet/ssl/private_keys/clone1.pem', 'precious')
      FileUtils.rm_r(host.path(overlay + link))
      FileUtils.ln_s(host.path('/outside'), host.path(overlay + link))
      host.write(request, "#{ssl}\n")

      expect(prepare).to have_attributes(status: 1, errors: /clone1 is not reset: #{ssl} .* link.*keep_certificate=false/)
      expect(File.symlink?(host.path(overlay + link))).to be(true)

      host.write(request, "\n")
      expect(prepare).to have_attributes(status: 0)
      expect([edited?, key?]).to eq([false, false])
      expect(host.read('/outside/puppet/ssl/private_keys/clone1.pem')).to eq('precious')
    end
  end

  # Kills the script at its nth call of a command that changes files, before or after the command's effect.
  (1..8).to_a.product(['before', 'after']).each do |call, moment|
    it "can be run again after it was killed #{moment} change #{call}" do
      host.write(request, "#{ssl}\n")
      commands = ['mv', 'rm', 'mkdir', 'install', 'chown', 'chmod']
      commands.each do |command|
        real = ENV.fetch('PATH').split(':').map { |folder| File.join(folder, command) }.find { |file| File.executable?(file) }
        host.write("bin/#{command}", <<~SHELL, 0o755)
          #!/bin/sh
          echo x >> '#{host.path('count')}'
          [ '#{moment}' = before ] || #{real} "$@" || exit
          [ "$(wc -l < '#{host.path('count')}')" -ne #{call} ] || { kill -KILL "$PPID"; exit; }
          [ '#{moment}' = after ] || exec #{real} "$@"
        SHELL
      end
      prepare
      commands.each { |command| FileUtils.rm(host.path("bin/#{command}")) }
      # There is one overlay with a key, the old one or the new one.
      keys = Dir.glob("#{host.path(state)}/{.,}*/#{ssl}/private_keys/clone1.pem", File::FNM_DOTMATCH).uniq
      expect(keys.length).to eq(1)

      expect(prepare).to have_attributes(status: 0, errors: '')
      expect([edited?, key?]).to eq([false, true])
      expect(leftovers).to be_empty
    end
  end
end
