# frozen_string_literal: true

require 'spec_helper'
require 'support/base_image'

describe 'files/build-base' do
  include_context 'with a base image'

  it 'builds an image of the system in the definition' do
    expect(build).to have_attributes(status: 0, errors: '', output: /web: bootstrapping Debian 13 with stub.*web: done, agent 8\.10\.0\n\z/m)
    expect(host.read("#{image}/etc/bootstrapped")).to eq("Debian 13 trixie\n")
    expect(images).to contain_exactly('web', '.web.lock')
  end

  it 'installs the agent with the script of the flavour' do
    build
    expect(commands).to include('install-the-agent')
  end

  describe 'packages' do
    def installed
      commands.grep(/ install_packages /m).map { |command| command[/ install_packages (.*)/m, 1] }
    end

    it 'are installed, and their services stay off, because clones share the network of their host' do
      image_commands(<<~SHELL)
        case "$*" in
          *' install_packages nginx') touch '#{host.path("/installed")}' ;;
          *list-unit-files*)
            echo 'dbus.socket enabled enabled'
            [ ! -e '#{host.path("/installed")}' ] || printf '%s\n' 'nginx.service enabled enabled' 'ssh.socket enabled enabled' ;;
        esac
      SHELL

      expect(build).to have_attributes(status: 0, errors: '', output: /web: not enabled in clones: nginx\.service ssh\.socket$/)
      expect(installed).to eq(['nginx'])
      expect(commands.index('systemctl --quiet disable nginx.service ssh.socket')).to be < commands.index('install-the-agent')
    end

    it 'may enable nothing' do
      expect(build).to have_attributes(status: 0, errors: '')
      expect(commands.grep(/systemctl --quiet disable/)).to be_empty
    end
  end

  describe 'the settings of the agent' do
    let(:settings) { host.read("#{image}/etc/puppet/puppet.conf") }

    # What an installer leaves in puppet.conf.
    def installed(text)
      host.write('/installed.conf', text)
      host.write("#{libexec}/flavours/stub.sh", "install -D -m 0644 '#{host.path('/installed.conf')}' \"$root/etc/puppet/puppet.conf\"\n")
    end

    it 'are in the sections that they belong to' do
      build
      expect(settings).to eq("[main]\nserver = puppet.example.com\n[agent]\nusecacheonfailure = false\nruninterval = 10m\n")
    end

    it 'replace those of the installer, and keep its others' do
      installed("# A comment\nserver = one\n[main]\n  certname = build.example.com\n  server = two\nlogdir=/l\n[agent]\nruninterval=1h\n[server]\nserver = x\n")
      build
      expect(settings).to eq(
        "# A comment\n[main]\nserver = puppet.example.com\nlogdir=/l\n[agent]\nusecacheonfailure = false\nruninterval = 10m\n[server]\nserver = x\n",
      )
    end

    { '-1' => 'a negative number', '1.5' => 'a float', '' => 'an empty string', ' a = "b" # c\\n $vardir ' => 'any text' }.each do |value, what|
      it "can be #{what}" do
        host.write("#{definition}/puppet.settings", "agent\tsplaylimit\t#{value}\n")
        expect(build.status).to eq(0)
        expect(settings).to end_with("\nsplaylimit = #{value}\n")
      end
    end

    it 'can be secrets, so only root can read them' do
      build
      expect(host.mode("#{image}/etc/puppet/puppet.conf")).to eq('0600')
    end
  end

  it 'records the paths of the agent, which tasks need' do
    build
    expect(JSON.parse(host.read("#{image}/usr/share/puppet-clone-army/agent.json"))).to eq(
      'version' => '8.10.0',
      'publicdir' => '/var/lib/puppet/public',
      'statedir' => '/var/lib/puppet/state',
      'ssldir' => '/var/lib/puppet/ssl',
    )
  end

  describe 'precompiling the agent' do
    def precompile
      commands.find { |command| command.end_with?('/compile-agent') }
    end

    it 'runs in the image, without a network' do
      build
      expect(precompile).to eq('unshare --net /usr/share/puppet-clone-army/compiled/compile-agent')
      expect(host.exist?("#{image}/usr/share/puppet-clone-army/compiled/compile-agent")).to be(true)
    end

    it 'does not fail the build if it fails' do
      image_commands('case "$*" in *compile-agent) exit 1 ;; esac')
      expect(build).to have_attributes(status: 0, output: /the agent could not be precompiled/)
    end
  end

  it 'removes everything that clones have to create for themselves' do
    build
    gone = ['etc/hostname', 'etc/resolv.conf', 'etc/ssh/ssh_host_rsa_key', 'var/lib/puppet/ssl'].map { |name| host.exist?("#{image}/#{name}") }
    expect(gone).to all(be(false))
    expect(host.read("#{image}/etc/machine-id")).to eq('')
  end

  it 'says that its caches are as new as its programs, so that clones do not generate them' do
    build
    times = ['usr', 'etc/.updated', 'var/.updated'].map { |name| File.stat(host.path("#{image}/#{name}")).mtime }
    expect(times.uniq.length).to eq(1)
  end

  [0o077, 0o027].each do |umask|
    it format('builds the same image with the umask %03o', umask) do
      host.write("#{libexec}/flavours/stub.sh", "echo x > \"$root/etc/agent.conf\"\n")
      modes = [umask, 0o022].map do |mask|
        previous = File.umask(mask)
        expect(build.status).to eq(0)
        Dir.glob('**/*', base: host.path(image)).sort.to_h { |name| [name, host.mode("#{image}/#{name}")] }
      ensure
        File.umask(previous)
      end

      expect(modes.first).to eq(modes.last)
      expect(modes.last).to include('etc/agent.conf' => '0644', 'etc/bootstrapped' => '0644')
    end
  end

  it 'builds on a host without a resolv.conf, and says so' do
    FileUtils.ln_sf('/run/systemd/resolve/absent', host.path('/etc/resolv.conf'))
    expect(build).to have_attributes(status: 0, errors: '', output: %r{this host has no file .*/etc/resolv\.conf, so .*/web-building/etc/resolv\.conf is empty})
  end

  describe 'the CA certificate' do
    it 'stays if it is in the definition, and no other file with it' do
      host.write("#{definition}/ca.pem", 'a certificate')
      build
      expect(host.read("#{image}/var/lib/puppet/ssl/certs/ca.pem")).to eq('a certificate')
      expect(host.exist?("#{image}/var/lib/puppet/ssl/key.pem")).to be(false)
    end
  end

  describe 'certificate authorities of the host' do
    let(:authorities) { '/usr/local/share/ca-certificates' }

    before do
      host.install('build-base', "#{libexec}/build-base", paths: %r{#{Sandbox::HOST_PATHS}|(?<=["\[ ])/(?=\$folder)}x)
      bootstrap("mkdir -p \"$root/usr/local/share\"\n")
      host.write('/site.crt', 'of the site')
      host.write("#{authorities}/more/other.crt", 'another')
      FileUtils.ln_s(host.path('/site.crt'), host.path("#{authorities}/site.crt"))
    end

    it 'are in the image' do
      expect(build.status).to eq(0)
      expect(host.read("#{image}#{authorities}/site.crt")).to eq('of the site')
      expect(host.read("#{image}#{authorities}/more/other.crt")).to eq('another')
    end

    it 'are skipped, and named, if they are links that lead nowhere' do
      ['gone.crt', 'loop.crt'].zip(['/no/such/file', 'loop.crt']) { |name, target| File.symlink(target, host.path("#{authorities}/#{name}")) }
      expect(build).to have_attributes(status: 0, output: %r{skipping #{host.path(authorities)}/gone\.crt, a link to a file that does not exist})
      expect(Dir.children(host.path("#{image}#{authorities}"))).to contain_exactly('more', 'site.crt')
    end
  end

  describe 'CSR attributes' do
    it 'are where the agent reads them, and readable only by root' do
      host.write("#{definition}/csr_attributes.yaml", "---\n")
      build
      expect(host.mode("#{image}/etc/puppet/csr_attributes.yaml")).to eq('0600')
    end
  end

  describe 'local packages' do
    let(:file) { host.path('/srv/agent.deb') }

    def definition_with_local_package
      text = host.read("#{definition}/definition")
      host.write("#{definition}/definition", text.sub("LOCAL_PACKAGES=''", "LOCAL_PACKAGES='#{file}'"))
    end

    it 'are installed by the package manager of the image, and their files are removed' do
      host.write('/srv/agent.deb', 'a package')
      definition_with_local_package

      expect(build.status).to eq(0)
      expect(commands).to include(%r{ install_packages /var/tmp/clone-army/agent\.deb\z}m)
      expect(host.exist?("#{image}/var/tmp/clone-army")).to be(false)
    end

    it 'require a rebuild when a file changes' do
      host.write('/srv/agent.deb', 'a package')
      definition_with_local_package
      build
      expect(built?).to be(true)

      host.write('/srv/agent.deb', 'another package')
      expect(built?).to be(false)
    end

    it 'fail the build by name if a file is missing' do
      definition_with_local_package

      expect(build).to have_attributes(status: be_positive, errors: /web: the file #{file} in local_packages does not exist/)
      expect(images).to contain_exactly('.web.lock')
    end
  end

  describe 'setup scripts' do
    it 'run in order, in the shell unless they name an interpreter' do
      host.write("#{definition}/setup/001", "echo one\n")
      host.write("#{definition}/setup/002", "#!/usr/bin/env ruby\n")

      expect(build.status).to eq(0)
      expect(commands.grep(%r{/setup-00})).to eq(['sh -e /var/tmp/clone-army/setup-001', '/var/tmp/clone-army/setup-002'])
    end

    it 'fail the build and show their output' do
      host.write("#{definition}/setup/001", "echo one\n")
      image_commands("case \"$*\" in *setup-001) echo out of luck; exit 3 ;; esac\n")

      expect(build).to have_attributes(status: be_positive, output: /out of luck/, errors: /web: setup script 001 failed with exit code 3/)
      expect(images).to contain_exactly('.web.lock')
    end
  end

  describe 'the password of root' do
    it 'never appears in a process list' do
      build
      expect(host.read('/passwords')).to eq('root:hunter-two')
      expect(commands.grep(/hunter-two/)).to be_empty
    end

    it 'locks the account if empty' do
      host.write("#{definition}/root-password", '')
      build

      expect(commands).to include('usermod --lock root')
      expect(host.exist?('/passwords')).to be(false)
    end
  end

  it 'follows absolute links within the image, never to the files of the host' do
    host.write('/precious/ssl/key.pem', 'of the host')
    bootstrap("rm -r \"$root/var/lib/puppet\"; mkdir -p \"$root/srv/ssl\"; touch \"$root/srv/ssl/key.pem\"; ln -s '#{host.path('/precious')}' \"$root/var/lib/puppet\"\n")
    host.write('/real-paths', "/var/lib/puppet/ssl /srv/ssl\n")
    build

    expect(host.read('/precious/ssl/key.pem')).to eq('of the host')
    expect(host.exist?("#{image}/srv/ssl")).to be(false)
  end

  it 'fails and removes nothing else if the agent names no folder for its keys' do
    host.write("#{libexec}/flavours/stub.sh", "setting() { case $1 in ssldir) ;; *) in_image puppet config print --color=false --section agent \"$@\" ;; esac; }\n")

    expect(build).to have_attributes(status: be_positive, errors: /web: cannot resolve the path '' in the image/)
    expect(images).to contain_exactly('.web.lock')
  end

  it('prints its usage') { expect(host.run("#{libexec}/build-base")).to have_attributes(status: be_positive, errors: /usage: build-base/) }
end
