# frozen_string_literal: true

require 'spec_helper'
require 'support/keys'

describe 'clone_army::decrypt' do
  {
    'an RSA key' => -> { OpenSSL::PKey::RSA.new(2048) },
    'a key on an elliptic curve' => -> { OpenSSL::PKey::EC.generate('secp384r1') },
  }.each do |kind, create|
    context "with #{kind}" do
      let(:key) { create.call }
      let(:owner) { key }

      before do
        allow_any_instance_of(Puppet::X509::CertProvider).to receive(:load_private_key).and_return(owner)
        allow_any_instance_of(Puppet::X509::CertProvider).to receive(:load_private_key_password).and_return(nil)
      end

      def encrypted(secret)
        scope.call_function('clone_army::encrypt', [sensitive(secret), Keys.create('agent.example.com', key).last.to_pem])
      end

      def decrypted(text)
        subject.execute(sensitive(text)).unwrap
      end

      ["a secret\nof two lines, grün", ' '].each do |secret|
        it("reads what clone_army::encrypt makes of #{secret.inspect}") { expect(decrypted(encrypted(secret))).to eq(secret) }
      end

      it('encrypts each secret differently') { expect(encrypted('same')).not_to eq(encrypted('same')) }

      ['nonsense', ':', '!:!:!'].each do |text|
        it("says that #{text} cannot be read") { expect { decrypted(text) }.to raise_error(/cannot decrypt a secret of the catalog/) }
      end

      context 'that is another one' do
        let(:owner) { create.call }

        it('fails, and names the remedy') { expect { decrypted(encrypted('x')) }.to raise_error(Puppet::Error, /run the agent again/) }
      end
    end
  end
end
