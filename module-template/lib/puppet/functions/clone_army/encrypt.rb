# frozen_string_literal: true

require 'openssl'

# Encrypts a secret, so that only the owner of a certificate can read it.
#
# PKCS #7 does not know elliptic curves. For a key on one, a new key on the same curve is made for each secret, and both
# keys together give those of the cipher and of the HMAC (ECIES, as in SEC 1).
#
# @api private
Puppet::Functions.create_function(:'clone_army::encrypt') do
  # @param secret The secret
  # @param certificate Certificate of an RSA key or of one on an elliptic curve, in PEM format
  # @return The encrypted secret as text: PKCS #7 in PEM format; or the public part of the new key, the text and its HMAC in Base64
  # @raise Puppet::Error, if the certificate is invalid
  dispatch :encrypt do
    param 'Sensitive[String]', :secret
    param 'String[1]', :certificate
    return_type 'String[1]'
  end

  def encrypt(secret, certificate)
    recipient = OpenSSL::X509::Certificate.new(certificate)
    key = recipient.public_key
    key.is_a?(OpenSSL::PKey::EC) ? for_curve(secret.unwrap, key) : for_rsa(secret.unwrap, recipient)
  rescue OpenSSL::OpenSSLError => e
    raise Puppet::Error, "clone_army: cannot encrypt secrets for the certificate in the fact clone_army of this host: #{e.message}; " \
                         'update the module on the server, so that its agents get the current fact'
  end

  def for_rsa(text, recipient)
    OpenSSL::PKCS7.encrypt([recipient], text, OpenSSL::Cipher.new('aes-256-cbc'), OpenSSL::PKCS7::BINARY).to_pem
  end

  def for_curve(text, key)
    own = OpenSSL::PKey::EC.generate(key.group.curve_name)
    point = own.public_key.to_bn.to_s(2)
    keys = OpenSSL::Digest::SHA512.digest("#{own.dh_compute_key(key.public_key)}#{[1].pack('N')}#{point}")
    # JRuby's AES-GCM fails: it takes the end of the text for a second text with the same nonce.
    cipher = OpenSSL::Cipher.new('aes-256-cbc').encrypt
    cipher.key = keys[0, 32]
    # The key encrypts nothing else.
    cipher.iv = "\0" * 16
    encrypted = (text.empty? ? '' : cipher.update(text)) + cipher.final
    [point, encrypted, OpenSSL::HMAC.digest('SHA256', keys[32, 32], encrypted)].map { |part| [part].pack('m0') }.join(':')
  end
end
