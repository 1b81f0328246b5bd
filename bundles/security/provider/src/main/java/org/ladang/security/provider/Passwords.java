package org.ladang.security.provider;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.ladang.kernel.LadangException;

/**
 * Hashes passwords with PBKDF2 (RFC 8018). Slow on purpose, so at most two run at a time: logins cannot take all of the
 * machine from the calls.
 */
final class Passwords {
  static final int MIN_LENGTH = 10;
  static final int MAX_LENGTH = 1024;
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int BITS = 256;
  private static final long SLOT_WAIT_MILLIS = 2_000;

  private final Secrets secrets;
  private final int iterations;
  private final Semaphore slots = new Semaphore(2, true);
  private final PasswordHash nobody;

  Passwords(Secrets secrets, int iterations) {
    this.secrets = secrets;
    this.iterations = iterations;
    String salt = Base64.getEncoder().encodeToString(secrets.bytes(16));
    String never = Base64.getEncoder().encodeToString(secrets.bytes(BITS / 8));
    this.nobody = new PasswordHash(ALGORITHM, iterations, salt, never);
  }

  /** Refuses a password that breaks the rules. */
  static void check(String user, String password) {
    if (password.length() < MIN_LENGTH) {
      throw refused("The password is shorter than " + MIN_LENGTH + " characters.");
    }
    if (password.length() > MAX_LENGTH) {
      throw refused("The password is longer than " + MAX_LENGTH + " characters.");
    }
    if (password.toLowerCase(Locale.ROOT).equals(user.toLowerCase(Locale.ROOT))) {
      throw refused("The password is the user's name.");
    }
    if (password.chars().distinct().count() < 4) {
      throw refused("The password repeats less than four characters over and over.");
    }
  }

  private static LadangException refused(String sentence) {
    return new LadangException(Codes.PASSWORD_RULE, sentence)
        .next("Choose at least " + MIN_LENGTH + " characters that are not the user's name.");
  }

  PasswordHash hash(String password) {
    String salt = Base64.getEncoder().encodeToString(secrets.bytes(16));
    byte[] hash = derive(password, ALGORITHM, salt, iterations);
    return new PasswordHash(ALGORITHM, iterations, salt, Base64.getEncoder().encodeToString(hash));
  }

  boolean matches(String password, PasswordHash kept) {
    // A longer one was never accepted; hashing it would only cost.
    String tried = password.length() > MAX_LENGTH ? "" : password;
    byte[] hash = derive(tried, kept.algorithm(), kept.salt(), kept.iterations());
    return MessageDigest.isEqual(hash, Base64.getDecoder().decode(kept.hash()));
  }

  /** Takes as long as {@link #matches}, so that nobody learns from the time whether a user exists. */
  void matchesNobody(String password) {
    matches(password, nobody);
  }

  /** Whether it was made with other settings than today's and should be made anew when the password is next seen. */
  boolean outdated(PasswordHash kept) {
    return kept.iterations() != iterations || !kept.algorithm().equals(ALGORITHM);
  }

  private byte[] derive(String password, String algorithm, String salt, int rounds) {
    boolean slot;
    try {
      slot = slots.tryAcquire(SLOT_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      slot = false;
    }
    if (!slot) {
      throw new LadangException(Codes.BUSY, "Too many passwords are being checked at this moment.")
          .next("Try again in a few seconds.");
    }
    PBEKeySpec spec =
        new PBEKeySpec(password.toCharArray(), Base64.getDecoder().decode(salt), rounds, BITS);
    try {
      return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new LadangException(
          Codes.PASSWORD_RULE, "This Java cannot hash passwords with " + algorithm + ".", e);
    } finally {
      spec.clearPassword();
      slots.release();
    }
  }
}
