package org.ladang.security.provider;

import java.lang.annotation.Annotation;

/**
 * The defaults, but for passwords that are hashed quickly.
 *
 * @param iterations how often a password is hashed
 * @param sessions how many may be open
 */
record TestConfig(int iterations, int sessions) implements SecurityConfig {
  TestConfig() {
    this(1_000, 1_000);
  }

  @Override
  public int password_iterations() {
    return iterations;
  }

  @Override
  public int session_idle_minutes() {
    return 30;
  }

  @Override
  public int session_hours() {
    return 12;
  }

  @Override
  public int session_max() {
    return sessions;
  }

  @Override
  public int audit_file_megabytes() {
    return 16;
  }

  @Override
  public int audit_files() {
    return 16;
  }

  @Override
  public boolean audit_required() {
    return true;
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return SecurityConfig.class;
  }
}
