package org.ladang.plugin.bots;

/** What a bot works at. The constants are written as they are typed and stored. */
public enum Category {
  /** Artificial intelligence and machine learning. */
  ai_ml,
  /** Collecting and analysing data. */
  data_analytics,
  /** Between programs: feeds, libraries, interfaces. */
  api_integration,
  /** Looking for weaknesses, or guarding against them. */
  security,
  /** Serving one country or language. */
  localization,
  /** At home on one platform. */
  platform_specific,
  /** Watching, keeping and supervising. */
  infrastructure
}
