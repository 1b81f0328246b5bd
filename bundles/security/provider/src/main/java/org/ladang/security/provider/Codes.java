package org.ladang.security.provider;

/** The stable codes of this room; its README says what each means. */
final class Codes {
  static final String TOKEN = "LADANG-SECURITY-001";
  static final String LOGIN = "LADANG-SECURITY-002";
  static final String THROTTLED = "LADANG-SECURITY-003";
  static final String SESSION = "LADANG-SECURITY-004";
  static final String BUSY = "LADANG-SECURITY-005";
  static final String FIRST_START_TOKEN = "LADANG-SECURITY-010";
  static final String FIRST_START_OVER = "LADANG-SECURITY-011";
  static final String USER_NAME = "LADANG-SECURITY-012";
  static final String PASSWORD_RULE = "LADANG-SECURITY-013";
  static final String NO_USER = "LADANG-SECURITY-014";
  static final String USER_EXISTS = "LADANG-SECURITY-015";
  static final String LAST_ADMIN = "LADANG-SECURITY-016";
  static final String TOO_MANY = "LADANG-SECURITY-017";
  static final String NO_TOKEN = "LADANG-SECURITY-020";
  static final String TOKEN_EXISTS = "LADANG-SECURITY-021";
  static final String TOKEN_RULE = "LADANG-SECURITY-022";
  static final String NOT_OURS = "LADANG-SECURITY-023";
  static final String AUDIT_READ = "LADANG-SECURITY-030";
  static final String AUDIT_FULL = "LADANG-SECURITY-031";
  static final String AUDIT_BROKEN = "LADANG-SECURITY-032";
  static final String FIRST_START_FILE = "LADANG-SECURITY-040";

  private Codes() {}
}
