package org.ladang.deploy.legacy;

import aQute.bnd.osgi.Resource;
import java.io.IOException;
import java.io.InputStream;

/** Reads what lies in a jar; bndlib's own methods may throw anything. */
final class Content {
  private Content() {}

  static byte[] bytes(Resource resource) throws IOException {
    try (InputStream in = resource.openInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
