# frozen_string_literal: true

require 'spec_helper'
require 'support/base_image'

# When it builds, and what becomes of the present image: under running clones, after failures, beside other builds.
describe 'files/build-base' do
  include_context 'with a base image'

  describe 'the check' do
    it('fails without an image') { expect(built?).to be(false) }

    it 'passes after a build' do
      build
      expect(built?).to be(true)
    end

    ['definition', 'puppet.settings', 'root-password'].each do |name|
      it "fails after a change of #{name}" do
        build
        File.write(host.path("#{definition}/#{name}"), "\n", mode: 'a')

        expect(built?).to be(false)
      end
    end

    it 'passes after a change of the credentials, which are not in the image' do
      build
      host.write("#{definition}/credentials", "forge-key\nanother\n")

      expect(built?).to be(true)
    end

    it 'passes after an edit of the image by the user' do
      build
      host.write("#{image}/etc/motd", 'edited')

      expect(built?).to be(true)
    end

    it 'protects the checksum, from which other users could guess the password' do
      build
      expect(host.mode("#{image}/usr/share/puppet-clone-army/definition.sha256")).to eq('0600')
    end
  end

  describe 'a build that fails' do
    it 'leaves nothing behind when bootstrapping fails' do
      bootstrap("echo no mirror >&2\nexit 1\n")

      expect(build).to have_attributes(status: be_positive, errors: /no mirror/)
      expect(images).to contain_exactly('.web.lock')
    end

    it 'leaves nothing behind when the agent cannot be installed' do
      image_commands("case \"$*\" in *install-the-agent) exit 1 ;; esac\n")

      expect(build.status).to be_positive
      expect(images).to contain_exactly('.web.lock')
    end

    it 'leaves nothing behind when the flavour installs no agent' do
      image_commands("case \"$*\" in *'command -v puppet > /dev/null') exit 1 ;; esac\n")

      expect(build).to have_attributes(status: be_positive, errors: /web: flavour stub installed no agent: there is no command puppet in the image/)
      expect(images).to contain_exactly('.web.lock')
    end

    it 'keeps the previous image' do
      build
      host.write("#{image}/etc/motd", 'edited')
      bootstrap("exit 1\n")

      expect(build.status).to be_positive
      expect(host.read("#{image}/etc/motd")).to eq('edited')
      expect(images).to contain_exactly('web', '.web.lock')
    end
  end

  describe 'overlays' do
    # An overlay as prepare-clone leaves it behind.
    def made_for(record, clone)
      FileUtils.mkdir_p(host.path("/var/lib/puppet-clone-army/#{clone}-overlay"))
      host.write("/var/lib/puppet-clone-army/#{clone}-workdir/base", "#{record} 4711\n")
    end

    it 'can tell the system of the image' do
      build
      expect(host.read("#{image}/usr/share/puppet-clone-army/system")).to eq("Debian 13\n")
    end

    it 'keep an image of another system from being built' do
      build
      made_for('web Debian 13', 'web-1')
      text = host.read("#{definition}/definition")
      host.write("#{definition}/definition", text.sub("RELEASE='13'", "RELEASE='12'"))

      expect(build).to have_attributes(
        status: 1, output: '',
        errors: /\Abuild-base: web: the overlay of web-1 was made for base image web \(Debian 13\), not for web \(Debian 12\): .* rm -rf web-1-\{overlay,workdir\}\n\z/,
      )
      expect(host.read("#{image}/etc/bootstrapped")).to include('Debian 13')
      expect(images).to contain_exactly('web', '.web.lock', 'web-1-overlay', 'web-1-workdir')
    end

    it 'do not hinder an image of the same system, or of another base' do
      made_for('web Debian 13', 'web-1')
      made_for('debian-12 Debian 12', 'clone1')
      expect(build).to have_attributes(status: 0, errors: '')
    end
  end

  it 'does not start without room for an image, but removes an interrupted build' do
    host.write("#{image}-building/etc/half-done", '')
    host.stand_in('df', "printf '%s\\n' Avail 1023")

    expect(build).to have_attributes(status: 1, output: '', errors: /web: building an image needs 1024 MiB, but .* has 1023 MiB free; free up space there/)
    expect(images).to contain_exactly('.web.lock')
  end

  it 'starts over after an interrupted build' do
    host.write("#{image}-building/etc/half-done", '')
    build

    expect(host.exist?("#{image}/etc/half-done")).to be(false)
    expect(images).to contain_exactly('web', '.web.lock')
  end

  it 'keeps the previous image, which clones may use, until the next build' do
    2.times do |i|
      build
      host.write("#{image}/etc/motd", "edited #{i}")
    end
    build

    expect(host.read("#{image}-replaced/etc/motd")).to eq('edited 1')
    expect(host.exist?("#{image}/etc/motd")).to be(false)
  end

  describe 'images that running clones use' do
    # Mounts a clone: the kernel lists its layers, and its root shows the mark of the image.
    def mount(clone, tree)
      root = "/var/lib/machines/#{clone}"
      lowerdir = "#{host.path(image)}:#{host.path('/var/lib/puppet-clone-army/.timer')}"
      File.write(host.path('/proc/1/mountinfo'), "1 2 0:3 / #{host.path(root)} rw - overlay overlay rw,lowerdir=#{lowerdir},upperdir=/u\n", mode: 'a')
      FileUtils.mkdir_p(host.path("#{root}/usr/share/puppet-clone-army"))
      FileUtils.ln(host.path("#{tree}/#{mark}"), host.path("#{root}/#{mark}"))
    end

    let(:mark) { 'usr/share/puppet-clone-army/agent.json' }

    # Builds the image once more, with this text in it.
    def rebuild(text)
      bootstrap("echo #{text} > \"$root/etc/motd\"\n")
      build
    end

    def texts
      (images - ['.web.lock']).to_h { |name| [name, host.read("/var/lib/puppet-clone-army/#{name}/etc/motd").chomp] }
    end

    it 'stay through any number of builds, until no clone uses them' do
      rebuild('first')
      mount('clone1', image)
      rebuild('second')
      rebuild('third')
      expect(texts).to eq('web' => 'third', 'web-replaced' => 'second', '.web-replaced.1' => 'first')

      rebuild('fourth')
      expect(texts).to eq('web' => 'fourth', 'web-replaced' => 'third', '.web-replaced.1' => 'first')

      host.write('/proc/1/mountinfo', '')
      rebuild('fifth')
      expect(texts).to eq('web' => 'fifth', 'web-replaced' => 'fourth')
    end

    it 'are told apart from those that only clones of other images keep' do
      rebuild('first')
      mount('clone1', image)
      host.write('/proc/1/mountinfo', host.read('/proc/1/mountinfo').gsub('/web:', '/other:'))
      2.times { |i| rebuild(i) }
      expect(texts).to eq('web' => '1', 'web-replaced' => '0')
    end

    it 'all stay while a clone hides which one it uses' do
      rebuild('first')
      mount('clone1', image)
      FileUtils.rm(host.path("/var/lib/machines/clone1/#{mark}"))
      rebuild('second')
      rebuild('third')
      expect(texts.values).to contain_exactly('first', 'second', 'third')
    end
  end

  it 'restores the image of a build that was killed while it replaced it' do
    build
    host.write("#{image}/etc/motd", 'edited')
    File.rename(host.path(image), host.path("#{image}-replaced"))
    bootstrap("exit 1\n")

    expect(build.status).to be_positive
    expect(host.read("#{image}/etc/motd")).to eq('edited')
  end

  it 'builds from the definition as it was at the start' do
    host.write("#{libexec}/flavours/stub.sh", "echo PACKAGES=other >> '#{host.path(definition)}/definition'\n")
    build

    expect(built?).to be(false)
    expect(images).to contain_exactly('web', '.web.lock')
  end

  it 'does not disturb another build of the same image' do
    File.open(host.path('/var/lib/puppet-clone-army/.web.lock'), 'w') do |lock|
      lock.flock(File::LOCK_EX)
      host.write("#{image}-building/etc/in-progress", '')

      expect(build).to have_attributes(status: 1, errors: /another build of web is running/)
      expect(host.exist?("#{image}-building/etc/in-progress")).to be(true)
    end
  end
end
