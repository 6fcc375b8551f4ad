package org.hpo4j.examples.unet.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One generated photograph, painted from the ground up: soil and grass, roads, cars, shadows,
 * roofs, trees, sensor noise.
 */
final class Scene {
  private static final int SMALLEST = 32;
  private static final int MARGIN = 12;

  private final RandomGenerator random;
  private final int size;
  private final BufferedImage photo;
  private final BufferedImage mask;
  private final Graphics2D paint;
  private final Graphics2D mark;

  /** Direction in which shadows fall, and their length for a height of one. */
  private final double shadowX;

  private final double shadowY;

  /** Main direction of streets and walls. */
  private final double heading;

  /** Ground that is taken by roads and buildings. */
  private final List<Area> occupied = new ArrayList<>();

  Scene(RandomGenerator random, int size) {
    if (size < SMALLEST) {
      throw new IllegalArgumentException("size is " + size + ", must be at least " + SMALLEST);
    }
    this.random = random;
    this.size = size;
    photo = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    mask = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    paint = photo.createGraphics();
    paint.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    paint.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    mark = mask.createGraphics();
    mark.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    mark.setColor(Color.WHITE);
    double sun = between(0, 2 * Math.PI);
    double length = between(0.5, 1.1);
    shadowX = length * Math.cos(sun);
    shadowY = length * Math.sin(sun);
    heading = between(0, Math.PI);
  }

  Tile render(String name) {
    Ground.paint(photo, random);
    patches();
    roads();
    buildings();
    vehicles();
    trees();
    paint.dispose();
    mark.dispose();
    return new Tile(name, size, size, Sensor.expose(photo, random), labels());
  }

  private byte[] labels() {
    int[] samples = mask.getRaster().getSamples(0, 0, size, size, 0, new int[size * size]);
    boolean[] footprint = new boolean[samples.length];
    for (int i = 0; i < samples.length; i++) {
      footprint[i] = samples[i] > 0;
    }
    return Borders.label(footprint, size, size);
  }

  /**
   * Yards, fields and paved areas: rectangles of roof-like size and colour, but flat, without shade
   * or shadow.
   */
  private void patches() {
    int count = perArea(between(10, 18));
    for (int i = 0; i < count; i++) {
      double width = between(10, 38);
      double height = between(8, 30);
      AffineTransform place = placement();
      Shape patch = place.createTransformedShape(centred(width, height));
      paint.setColor(Material.anyGround(random));
      paint.fill(patch);
    }
  }

  private void roads() {
    int count = random.nextInt(2 + size / 96);
    for (int i = 0; i < count; i++) {
      double width = between(7, 12);
      AffineTransform place =
          new AffineTransform(
              Math.cos(heading + (i % 2) * Math.PI / 2),
              Math.sin(heading + (i % 2) * Math.PI / 2),
              -Math.sin(heading + (i % 2) * Math.PI / 2),
              Math.cos(heading + (i % 2) * Math.PI / 2),
              between(0, size),
              between(0, size));
      Shape walk = place.createTransformedShape(centred(3.0 * size, width + 4));
      Shape road = place.createTransformedShape(centred(3.0 * size, width));
      paint.setColor(Material.shade(new Color(168, 163, 154), between(0.85, 1.1)));
      paint.fill(walk);
      paint.setColor(Material.shade(new Color(112, 111, 112), between(0.75, 1.3)));
      paint.fill(road);
      paint.setColor(new Color(235, 232, 215, 190));
      for (double x = -1.5 * size; x < 1.5 * size; x += 9) {
        paint.fill(place.createTransformedShape(new Rectangle2D.Double(x, -0.4, 5, 0.8)));
      }
      occupied.add(new Area(walk));
    }
  }

  private void buildings() {
    int wanted = perArea(between(14, 26));
    List<Building> placed = new ArrayList<>();
    for (int attempt = 0; attempt < 20 * wanted && placed.size() < wanted; attempt++) {
      Building building = Building.draw(random, placement());
      if (!building.plot().intersects(0, 0, size, size) || overlaps(building.plot())) {
        continue;
      }
      occupied.add(building.plot());
      placed.add(building);
    }
    Shadows shadows = new Shadows(size, shadowX, shadowY);
    placed.forEach(building -> shadows.add(building.footprint(), building.height()));
    shadows.paint(paint);
    for (Building building : placed) {
      building.paint(paint, random, shadowX, shadowY);
      mark.fill(building.footprint());
    }
  }

  private void vehicles() {
    record Vehicle(AffineTransform place, Area body) {}
    int count = perArea(between(8, 22));
    List<Vehicle> vehicles = new ArrayList<>();
    Shadows shadows = new Shadows(size, shadowX, shadowY);
    for (int i = 0; i < count; i++) {
      boolean van = random.nextInt(4) == 0;
      AffineTransform place = placement();
      Area body = new Area(place.createTransformedShape(centred(van ? 11 : 8, van ? 5 : 4)));
      if (!hitsFootprint(body)) {
        vehicles.add(new Vehicle(place, body));
        shadows.add(body, 1.5);
      }
    }
    shadows.paint(paint);
    for (Vehicle vehicle : vehicles) {
      paint.setColor(Material.anyPaint(random));
      paint.fill(vehicle.body);
      paint.setColor(new Color(30, 35, 45, 170));
      paint.fill(vehicle.place.createTransformedShape(new Rectangle2D.Double(1, -1.6, 1.6, 3.2)));
    }
  }

  private void trees() {
    int count = perArea(between(6, 30));
    List<Tree> trees = new ArrayList<>();
    Shadows shadows = new Shadows(size, shadowX, shadowY);
    for (int i = 0; i < count; i++) {
      Tree tree = new Tree(between(0, size), between(0, size), between(2, 6.5));
      // A crown may lean over an eave, as it does in nature; it doesn't stand on a roof.
      if (!hitsFootprint(new Area(tree.crown(0.6)))) {
        trees.add(tree);
        shadows.add(tree.crown(1), tree.radius());
      }
    }
    shadows.paint(paint);
    trees.forEach(tree -> tree.paint(paint, random, shadowX, shadowY));
  }

  private boolean overlaps(Area area) {
    for (Area taken : occupied) {
      if (taken.intersects(area.getBounds2D())) {
        Area common = new Area(area);
        common.intersect(taken);
        if (!common.isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hitsFootprint(Area area) {
    Rectangle2D bounds = area.getBounds2D();
    for (int y = (int) bounds.getMinY(); y <= bounds.getMaxY(); y++) {
      for (int x = (int) bounds.getMinX(); x <= bounds.getMaxX(); x++) {
        boolean inside = x >= 0 && y >= 0 && x < size && y < size;
        if (inside && area.contains(x + 0.5, y + 0.5) && mask.getRaster().getSample(x, y, 0) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * A place in or just outside the picture, turned along or across the streets, now and then askew.
   */
  private AffineTransform placement() {
    double turn = heading + random.nextInt(4) * Math.PI / 2;
    if (random.nextInt(4) == 0) {
      turn += between(-0.6, 0.6);
    }
    AffineTransform place =
        AffineTransform.getTranslateInstance(
            between(-MARGIN / 2.0, size + MARGIN / 2.0),
            between(-MARGIN / 2.0, size + MARGIN / 2.0));
    place.rotate(turn);
    return place;
  }

  /**
   * Returns how many things a picture of this size has where one of 128x128 pixels has {@code
   * count}.
   */
  private int perArea(double count) {
    return (int) Math.max(1, Math.round(count * size * size / (128.0 * 128.0)));
  }

  private static Rectangle2D centred(double width, double height) {
    return new Rectangle2D.Double(-width / 2, -height / 2, width, height);
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
