# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

# What other users of the host could see of a build: the process list, the output, and files that everybody can read.
describe 'files/build-base' do
  let(:host) { Sandbox.new }
  let(:libexec) { '/usr/local/libexec/puppet-clone-army' }
  let(:definition) { '/etc/puppet-clone-army/bases/web' }
  let(:image) { '/var/lib/puppet-clone-army/web' }

  # Commands that the scripts run, each of which records its arguments.
  commands = ['awk', 'basename', 'cat', 'chmod', 'cp', 'cut', 'find', 'grep', 'head', 'install', 'mkdir', 'mv', 'rm', 'sed', 'sha256sum', 'sort', 'tee', 'xargs']

  before do
    host.install_scripts('build-base')
    ['/proc/1/mountinfo', '/etc/resolv.conf', '/etc/hosts'].each { |name| host.write(name, '') }
    FileUtils.mkdir_p(host.path('/var/lib/puppet-clone-army'))
    File.chmod(0o700, host.path('/var/lib/puppet-clone-army'))
    host.write("#{libexec}/bootstrap/stub.sh", <<~'SHELL', 0o755)
      #!/bin/sh
      mkdir -p "$root/etc/ssh" "$root/usr/share" "$root/etc/apt/sources.list.d" "$root/etc/apt/preferences.d" \
        "$root/etc/apt/auth.conf.d" "$root/etc/yum.repos.d"
      echo 'deb https://packages.example.com stable main' > "$root/etc/apt/sources.list.d/vendor.list"
      printf '[vendor]\nbaseurl=https://packages.example.com/\n' > "$root/etc/yum.repos.d/vendor.repo"
    SHELL
    host.write("#{libexec}/compiled/compile-agent", '', 0o755)
    commands.each do |name|
      program = ENV.fetch('PATH').split(':').map { |folder| File.join(folder, name) }.find { |file| File.executable?(file) }
      host.stand_in(name, "exec #{program} \"$@\"")
    end
    host.stand_in('curl', "while [ $# -gt 1 ]; do [ \"$1\" != --output ] || echo package > \"$2\"; shift; done")
    host.stand_in('unshare', <<~SHELL)
      case "$*" in
        *' puppet --version') echo 8.10.0 ;;
        *'--section agent ssldir') echo /etc/puppet/ssl ;;
        *'--section agent localcacert') echo /etc/puppet/ssl/certs/ca.pem ;;
        *'--section agent csr_attributes') echo /etc/puppet/csr_attributes.yaml ;;
        *'--section agent config') echo /etc/puppet/puppet.conf ;;
        *' puppet config print '*) printf '%s\\n' 'publicdir = /p' 'statedir = /s' 'ssldir = /etc/puppet/ssl' ;;
        *' realpath -m -- '*) for last; do :; done; echo "$last" ;;
        *' apt-cache madison '*) echo 'agent | 8.10.0-1 | https://packages.example.com stable/main' ;;
        *' gem install '*) cp "$root/var/tmp/clone-army/gemrc" '#{host.path('/gemrc')}' ;;
        *' sh -c command -v puppet') echo /usr/bin/puppet ;;
        *' chpasswd') cat > '#{host.path('/passwords')}' ;;
      esac
    SHELL
    host.write("#{definition}/puppet.settings", "main\thttp_proxy_password\tcanary-setting\n", 0o600)
    host.write("#{definition}/csr_attributes.yaml", "---\ncustom_attributes:\n  challengePassword: 'canary-challenge'\n", 0o600)
    host.write("#{definition}/root-password", 'canary-root', 0o600)
    host.write("#{definition}/credentials", "forge-key\ncanary-credentials\n", 0o600)
    File.chmod(0o700, host.path(definition))
  end

  after { host.remove }

  def build(words)
    host.install("flavours/#{words.fetch('SCRIPT')}.sh", "#{libexec}/flavours/#{words.fetch('SCRIPT')}.sh")
    all = {
      'OS' => 'Debian', 'RELEASE' => '13', 'SUITE' => 'trixie', 'BOOTSTRAPPER' => 'stub', 'FLAVOUR' => 'vendor', 'SERVER' => 'puppet.example.com',
      'PACKAGES' => '', 'LOCAL_PACKAGES' => '', 'MIRROR' => '', 'VERSION' => '8', 'AGENT_PACKAGE' => 'agent', 'GEM' => 'openvox', 'VERIFY_SERVER' => 'true',
      'VENDOR' => 'https://packages.example.com', 'REPOSITORY' => 'https://packages.example.com', 'RELEASE_PACKAGE' => 'release.deb'
    }.merge(words)
    host.write("#{definition}/definition", all.map { |name, value| "#{name}='#{value}'\n" }.join, 0o600)
    host.run("#{libexec}/build-base", 'web')
  end

  # All arguments of all commands.
  def process_list
    Dir.glob(host.path('calls-*')).map { |file| File.binread(file) }.join("\n")
  end

  def files_with_secrets
    Dir.glob(host.path("#{image}/**/*"), File::FNM_DOTMATCH).select { |file| File.file?(file) && File.binread(file).include?('canary') }
  end

  {
    'from a repository for apt' => { 'SCRIPT' => 'vendor' },
    'from a repository for dnf' => { 'SCRIPT' => 'vendor', 'RELEASE_PACKAGE' => 'release.rpm', 'BOOTSTRAPPER' => 'stub' },
    'as a gem' => { 'SCRIPT' => 'gem', 'REPOSITORY' => 'https://user:canary-gem@gems.example.com/' },
  }.each do |what, words|
    next unless File.exist?(File.join(ModuleUnderTest::ROOT, "files/flavours/#{words['SCRIPT']}.sh"))

    context "with an agent #{what}" do
      it 'shows no secret in the process list or the output' do
        outcome = build(words)
        expect(outcome.status).to eq(0), outcome.errors
        expect(host.calls('awk')).not_to be_empty
        expect(process_list).not_to include('canary')
        expect(outcome.output + outcome.errors).not_to include('canary')
        expect(host.read('/passwords')).to eq('root:canary-root')
      end

      it 'leaves secrets only in files of the agent that only root can read' do
        build(words)
        expect(files_with_secrets.to_h { |file| [file.delete_prefix(host.path(image)), format('%o', File.stat(file).mode & 0o777)] }).to eq(
          '/etc/puppet/csr_attributes.yaml' => '600',
          '/etc/puppet/puppet.conf' => '600',
        )
      end
    end
  end

  it 'shows no password of a repository that does not answer' do
    skip 'this module has no such flavour' unless File.exist?(File.join(ModuleUnderTest::ROOT, 'files/flavours/vendor.sh'))
    host.stand_in('curl', 'exit 22')
    expect(build('SCRIPT' => 'vendor', 'REPOSITORY' => 'https://user:canary@packages.example.com'))
      .to have_attributes(status: 1, errors: %r{cannot fetch https://packages\.example\.com/release\.deb: curl exit code 22})
    expect(process_list).not_to include('canary')
  end
end
