package org.ladang.plugin.livestock;

import java.math.BigDecimal;
import org.ladang.kernel.action.Arg;

/** Something that is for sale. */
public record Item(
    @Arg("Names the item.") String code,
    @Arg("What it is.") String name,
    @Arg("What one costs, in pounds.") BigDecimal price,
    @Arg("How many there are.") int stock,
    @Arg("Changes with every write.") long version) {

  /** The same with another number of them. */
  Item withStock(int there) {
    return new Item(code, name, price, there, version);
  }

  boolean soldOut() {
    return stock == 0;
  }
}
