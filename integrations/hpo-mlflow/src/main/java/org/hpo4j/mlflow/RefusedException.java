package org.hpo4j.mlflow;

/** The server has answered and will not do what it was asked; asking again would not help. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String reason;

  RefusedException(String code, String reason) {
    super(reason);
    this.code = code;
    this.reason = reason;
  }

  /** Why, as the server says it; holds no credentials. */
  String reason() {
    return reason;
  }

  /** MLflow's error code, such as {@code RESOURCE_DOES_NOT_EXIST}; or the HTTP status. */
  String code() {
    return code;
  }
}
