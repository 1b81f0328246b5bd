package org.ladang.itests;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Makes pictures small: the 256 colours that occur most, the others by the nearest of them. */
final class Palette {
  private static final int COLOURS = 256;

  private Palette() {}

  /** Writes a PNG with a palette. */
  static void write(byte[] png, Path file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel & 0xffffff, 1, Integer::sum);
    }
    List<Integer> most =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(COLOURS)
            .map(Map.Entry::getKey)
            .toList();
    Map<Integer, Integer> places = new HashMap<>();
    for (int colour : counts.keySet()) {
      places.put(colour, nearest(colour, most));
    }
    int[] colours = most.stream().mapToInt(Integer::intValue).toArray();
    BufferedImage small =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, colours.length, colours, 0, false, -1, 0));
    int[] indices = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indices[i] = places.get(pixels[i] & 0xffffff);
    }
    small.getRaster().setPixels(0, 0, width, height, indices);
    Files.createDirectories(file.getParent());
    if (!ImageIO.write(small, "png", file.toFile())) {
      throw new IOException("no writer for PNG");
    }
  }

  private static int nearest(int colour, List<Integer> most) {
    return IntStream.range(0, most.size())
        .boxed()
        .min(Comparator.comparingInt(i -> distance(colour, most.get(i))))
        .orElseThrow();
  }

  private static int distance(int one, int other) {
    int red = (one >> 16 & 255) - (other >> 16 & 255);
    int green = (one >> 8 & 255) - (other >> 8 & 255);
    int blue = (one & 255) - (other & 255);
    return red * red + green * green + blue * blue;
  }
}
