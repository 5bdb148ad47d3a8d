# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

# A module without images of this family does not include the script.
describe 'files/bootstrap/mmdebstrap.sh', if: File.exist?(File.join(ModuleUnderTest::ROOT, 'files/bootstrap/mmdebstrap.sh')) do
  let(:host) { Sandbox.new }
  let(:environment) { { root: host.path('/image'), OS: 'Debian', SUITE: 'trixie', MIRROR: '' } }

  before do
    ['common.sh', 'proxy.sh', 'apt-sources.sh'].each { |name| host.install(name, "/libexec/#{name}", paths: %r{/usr/lib/apt/apt-helper}) }
    host.install('bootstrap/mmdebstrap.sh', '/libexec/bootstrap/mmdebstrap.sh', paths: %r{/usr/share/keyrings(?=/\$dist)|/etc/os-release\b|/etc/apt/trusted\.gpg\.d})
    host.write('/etc/os-release', "PRETTY_NAME=x\nID=debian\n")
    apt_options('Acquire::http::Proxy "http://proxy.example.com:3128";')
    host.stand_in('mmdebstrap', <<~'SHELL')
      cat > "${0%/*}/../sources"
      for argument; do case $argument in --aptopt=*) cp "${argument#--aptopt=}" "${0%/*}/../options" ;; esac; done
      mkdir -p "${0%/*}/../image/etc/systemd/system" "${0%/*}/../image/etc/apt" "${0%/*}/../image/usr/share/keyrings"
      cp "${0%/*}/../sources" "${0%/*}/../image/etc/apt/sources.list"
    SHELL
    apt_sources('deb http://mirror.example.com/debian trixie main contrib', 'deb http://mirror.example.com/debian trixie-updates main',
                'deb http://mirror.example.com/debian-security trixie-security main')
  end

  after { host.remove }

  # Gives the host these package sources, by Origin.
  def apt_sources(*lines, **others)
    file = host.path('/etc/apt/sources.list')
    entries = [*lines.map { |line| [line, 'Debian'] }, *others.flat_map { |origin, entry| [[entry, origin]] }]
    host.write('/etc/apt/sources.list', entries.map { |line, _| "#{line}\n" }.join)
    targets = entries.each_with_index.flat_map do |(line, origin), index|
      address, suite, *components = line[/(?<=\s)[a-z+]+:.*/].split
      components.map { |component| "#{component} #{address}/ #{suite} #{file}:#{index + 1} #{origin}\n" }
    end
    host.stand_in('apt-get', "[ \"$1\" != indextargets ] || printf '%s' '#{targets.join}'")
  end

  # Gives apt on the host these options.
  def apt_options(*lines)
    options = lines.to_h { |line| line.match(/\A(\S+) "(.*)";\z/).captures }
    host.write('/usr/lib/apt/apt-helper', "#!/bin/sh\necho \"Using proxy '' for URL '$2'\"\n", 0o755)
    cases = options.map { |name, value| "#{name}) echo \"$2='#{value}'\" ;;" }
    host.stand_in('apt-config', <<~SHELL)
      case $1 in
        dump) printf '%s\\n' 'APT::Architecture "amd64";' #{lines.map { |line| "'#{line}'" }.join(' ')} ;;
        shell) while shift && [ $# -gt 1 ]; do case $2 in x) ;; #{cases.map { |line| line.gsub('$2', '$1') }.join(' ')} esac; shift; done ;;
      esac
    SHELL
  end

  def bootstrap(**changes)
    host.run('/libexec/bootstrap/mmdebstrap.sh', **environment, **changes)
  end

  def sources
    host.read('/sources').lines(chomp: true)
  end

  def arguments
    host.calls('mmdebstrap').first
  end

  it 'bootstraps the suite in the given folder' do
    expect(bootstrap).to have_attributes(status: 0, errors: '')
    expect(arguments.last(3)).to eq(['trixie', host.path('/image'), '-'])
    expect(arguments).to include('--variant=minbase')
  end

  it 'installs what a container needs to boot, and further packages' do
    bootstrap(PACKAGES: 'nginx g++')
    list = arguments.find { |argument| argument.start_with?('--include=') }.delete_prefix('--include=').split(',')
    expect(list).to include('systemd-sysv', 'dbus', 'procps', 'ca-certificates', 'nginx', 'g++')
  end

  it 'uses the sources of this host, with updates and security fixes' do
    bootstrap
    expect(sources).to eq(
      [
        'deb http://mirror.example.com/debian trixie main',
        'deb http://mirror.example.com/debian trixie-updates main',
        'deb http://mirror.example.com/debian-security trixie-security main',
      ],
    )
  end

  it 'leaves out sources of others, even of the same suite and component, and those that the image could not read' do
    apt_sources('deb cdrom:[Debian_13] trixie main', 'deb file:/srv/mirror trixie main', 'deb http://mirror.example.com/debian trixie main',
                'Example' => 'deb http://packages.example.com trixie main', 'Debian Fans' => 'deb http://fans.example.com trixie main',
                '' => 'deb http://unnamed.example.com trixie main')
    bootstrap
    expect(sources).to eq(['deb http://mirror.example.com/debian trixie main'])
  end

  describe 'options of a source' do
    let(:key) { host.path('/keys/archive.gpg') }

    before { host.write('/keys/archive.gpg', 'a key', 0o644) }

    it 'that concern verification are kept, and the image gets the key' do
      apt_sources("deb [ arch=amd64 signed-by=#{key} trusted=no ] http://mirror.example.com/debian trixie main")
      expect(bootstrap).to have_attributes(status: 0, errors: '')
      expect(sources).to eq(["deb [signed-by=#{key} trusted=no] http://mirror.example.com/debian trixie main"])
      expect(host.read("/image#{key}")).to eq('a key')
      expect(host.mode("/image#{key}")).to eq('0644')
    end

    it 'apply to a mirror that is the same archive' do
      apt_sources('Example' => "deb [signed-by=#{key}] http://mirror.example.com/site trixie main")
      bootstrap(MIRROR: 'http://mirror.example.com/site/')
      expect(sources).to eq(["deb [signed-by=#{key}] http://mirror.example.com/site trixie main"])
    end

    it 'have to name files that exist' do
      apt_sources('deb [signed-by=/keys/missing.gpg] http://mirror.example.com/debian trixie main')
      expect(bootstrap).to have_attributes(status: 1, errors: %r{sources of apt on this host name the file /keys/missing\.gpg, which does not exist})
      expect(host.calls('mmdebstrap')).to be_empty
    end

    it 'are read from files in the format of deb822, with the key in the file' do
      apt_sources('deb http://mirror.example.com/debian trixie main')
      host.write('/etc/apt/debian.sources', <<~SOURCES)
        # Other paragraphs count, comments do not.

        Types: deb
        Enabled: no
        URIs: http://elsewhere.example.com

        Types: deb deb-src
        URIs: http://mirror.example.com/debian
        Suites: trixie
        Components: main
        Check-Valid-Until: no
        signed-by:
         -----BEGIN PGP PUBLIC KEY BLOCK-----
         .
         mDMEY865UxYJKwYB
         -----END PGP PUBLIC KEY BLOCK-----
      SOURCES
      host.stand_in('apt-get', "echo 'main http://mirror.example.com/debian/ trixie #{host.path('/etc/apt/debian.sources')}:2 Debian'")

      expect(bootstrap).to have_attributes(status: 0, errors: '')
      expect(sources).to match([%r{\Adeb \[check-valid-until=no signed-by=/\S+/2-debian\.sources\.asc\] http://mirror\.example\.com/debian trixie main\z}])
      expect(host.read('/image/usr/share/keyrings/clone-army-2-debian.sources.asc'))
        .to eq("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEY865UxYJKwYB\n-----END PGP PUBLIC KEY BLOCK-----\n")
      expect(host.read('/image/etc/apt/sources.list')).to include('signed-by=/usr/share/keyrings/clone-army-2-debian.sources.asc]')
    end

    it 'name keys by path, one or several' do
      apt_sources('deb http://mirror.example.com/debian trixie main')
      host.write('/etc/apt/debian.sources', "Types: deb\nSigned-By: #{key}\n  #{key}.2\n")
      host.write('/keys/archive.gpg.2', 'another')
      host.stand_in('apt-get', "echo 'main http://mirror.example.com/debian/ trixie #{host.path('/etc/apt/debian.sources')}:1 Debian'")

      expect(bootstrap).to have_attributes(status: 0, errors: '')
      expect(sources).to eq(["deb [signed-by=#{key},#{key}.2] http://mirror.example.com/debian trixie main"])
      expect(host.read("/image#{key}.2")).to eq('another')
    end

    it 'may be missing: then the image gets the keys that apt trusts in general' do
      host.write('/etc/apt/trusted.gpg.d/site.asc', 'key of the site')
      bootstrap
      expect(host.read("/image#{host.path('/etc/apt/trusted.gpg.d/site.asc')}")).to eq('key of the site')
    end
  end

  it 'gives the image the list of mirrors that a source names' do
    list = host.path('/mirrors/debian.list')
    host.write('/mirrors/debian.list', "http://mirror.example.com/debian\tpriority:1\n")
    apt_sources("deb mirror+file://#{list} trixie main")

    expect(bootstrap).to have_attributes(status: 0, errors: '')
    expect(sources).to eq(["deb mirror+file://#{list} trixie main"])
    expect(host.read("/image#{list}")).to include('mirror.example.com')
  end

  it 'uses the main archive of this host for another suite' do
    bootstrap(SUITE: 'bookworm')
    expect(sources).to eq(['deb http://mirror.example.com/debian bookworm main'])
  end

  it 'uses only the mirror, if there is one' do
    bootstrap(MIRROR: 'http://mirror.example.com/debian')
    expect(sources).to eq(['deb http://mirror.example.com/debian trixie main'])
  end

  describe 'another distribution' do
    let(:environment) { super().merge(OS: 'Ubuntu', SUITE: 'noble', MIRROR: 'http://mirror.example.com/ubuntu') }
    let(:keyring) { '/usr/share/keyrings/ubuntu-archive-keyring.gpg' }

    it 'is verified with its own keyring, and has the component with the agent' do
      host.write(keyring, 'keys')

      expect(bootstrap).to have_attributes(status: 0, errors: '')
      expect(arguments).to include("--keyring=#{host.path(keyring)}")
      expect(sources).to eq(['deb http://mirror.example.com/ubuntu noble main universe'])
    end

    it 'is not used without a keyring' do
      expect(bootstrap).to have_attributes(status: 1, errors: /no .*ubuntu-archive-keyring\.gpg to verify packages of Ubuntu; install .*ubuntu-keyring/)
      expect(host.calls('mmdebstrap')).to be_empty
    end

    it 'is verified with the keys that apt trusts if the host runs it, too' do
      host.write('/etc/os-release', "ID=ubuntu\n")
      bootstrap
      expect(arguments.grep(/keyring/)).to be_empty
    end
  end

  it 'uses the proxy of this host' do
    bootstrap
    expect(host.read('/options')).to eq(%(Acquire::http::Proxy "http://proxy.example.com:3128";\n))
  end

  it 'asks the program that detects the proxy of this host, which the image does not have' do
    apt_options('Acquire::http::Proxy-Auto-Detect "/usr/bin/auto-apt-proxy";', 'Acquire::Retries "3";')
    host.write('/usr/lib/apt/apt-helper', "#!/bin/sh\necho \"Using proxy 'http://found.example.com:3142' for URL '$2'\"\n", 0o755)
    bootstrap
    expect(host.read('/options')).to eq(%(Acquire::Retries "3";\nAcquire::http::Proxy "http://found.example.com:3142";\n))
  end

  it 'gives the image the files that options of apt name' do
    file = host.path('/ca/site.pem')
    host.write('/ca/site.pem', 'a certificate', 0o640)
    apt_options(%(Acquire::https::CAInfo "#{file}";), 'Acquire::https::mirror.example.com::Verify-Peer "false";')

    expect(bootstrap).to have_attributes(status: 0, errors: '')
    expect(host.read('/options')).to include('CAInfo', 'Verify-Peer')
    expect(host.read("/image#{file}")).to eq('a certificate')
    expect(host.mode("/image#{file}")).to eq('0640')
  end

  it 'fails before the build if a file that an option of apt names does not exist' do
    apt_options('Acquire::https::SslKey "/missing.pem";')
    expect(bootstrap).to have_attributes(status: 1, errors: %r{options of apt on this host name the file /missing\.pem, which does not exist})
    expect(host.calls('mmdebstrap')).to be_empty
  end

  it 'keeps clones from downloading package lists' do
    bootstrap
    links = ['apt-daily', 'apt-daily-upgrade'].map { |name| File.readlink(host.path("/image/etc/systemd/system/#{name}.timer")) }
    expect(links).to all(eq('/dev/null'))
  end

  it 'asks for a mirror if this host has no archive' do
    apt_sources

    expect(bootstrap).to have_attributes(status: 1, errors: /no archive for trixie, .* with the Origin Debian; set the parameter mirror of the base image/)
    expect(host.calls('mmdebstrap')).to be_empty
  end

  it 'downloads package lists first if there are none' do
    apt_sources
    bootstrap

    expect(host.calls('apt-get')).to include(['-qq', 'update'])
  end

  it 'fails if mmdebstrap fails' do
    host.stand_in('mmdebstrap', 'exit 1')

    expect(bootstrap.status).to be_positive
  end
end
