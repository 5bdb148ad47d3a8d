# frozen_string_literal: true

require 'openssl'

# Decrypts a secret on the host that it was encrypted for, while the host's agent applies the catalog.
#
# @api private
Puppet::Functions.create_function(:'clone_army::decrypt') do
  # @param text What `clone_army::encrypt` returned
  # @return The secret
  # @raise Puppet::Error, if the agent's key is not the one that the secret was encrypted for
  dispatch :decrypt do
    param 'Sensitive[String[1]]', :text
    return_type 'Sensitive[String]'
  end

  def decrypt(text)
    provider = Puppet::X509::CertProvider.new
    key = provider.load_private_key(Puppet[:certname], password: provider.load_private_key_password)
    secret = key.is_a?(OpenSSL::PKey::EC) ? with_curve(text.unwrap, key) : OpenSSL::PKCS7.new(text.unwrap).decrypt(key)
    Puppet::Pops::Types::PSensitiveType::Sensitive.new(secret.force_encoding('UTF-8'))
  rescue OpenSSL::OpenSSLError, ArgumentError => e
    raise Puppet::Error, "clone_army: the key of #{Puppet[:certname]} in #{Puppet[:privatekeydir]} cannot decrypt a secret of the catalog: " \
                         "#{e.message}; run the agent again, so that it gets a catalog for its current key"
  end

  # See `clone_army::encrypt`.
  def with_curve(text, key)
    point, encrypted, mac = text.split(':', -1).map { |part| part.unpack1('m0') }
    other = OpenSSL::PKey::EC::Point.new(key.group, OpenSSL::BN.new(point, 2))
    keys = OpenSSL::Digest::SHA512.digest("#{key.dh_compute_key(other)}#{[1].pack('N')}#{point}")
    raise ArgumentError, 'it was encrypted for another key' unless mac == OpenSSL::HMAC.digest('SHA256', keys[32, 32], encrypted.to_s)

    cipher = OpenSSL::Cipher.new('aes-256-cbc').decrypt
    cipher.key = keys[0, 32]
    cipher.iv = "\0" * 16
    cipher.update(encrypted) + cipher.final
  end
end
