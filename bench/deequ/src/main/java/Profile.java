import com.amazon.deequ.analyzers.KLLParameters;
import com.amazon.deequ.profiles.ColumnProfilerRunBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import scala.Some;

/** Profiles a file as the service does: completeness, types, distinct values, histograms, moments and KLL sketches of each column. */
public final class Profile {
  public static void main(String[] arguments) {
    String format = arguments[0];
    String file = arguments[1];
    SparkSession spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    Dataset<Row> rows = read(spark, format, file);
    var profiles = new ColumnProfilerRunBuilder(rows)
        .withKLLProfiling()
        .setKLLParameters(Some.apply(new KLLParameters(2048, 0.64, 10)))
        .run();
    System.out.println("rows: " + profiles.numRecords() + ", columns: " + profiles.profiles().size());
    spark.stop();
  }

  private static Dataset<Row> read(SparkSession spark, String format, String file) {
    return switch (format) {
      case "csv" -> spark.read().option("header", "true").csv(file);
      case "parquet" -> spark.read().parquet(file);
      case "captured" -> captured(spark, file);
      default -> throw new IllegalArgumentException(format);
    };
  }

  /** The payloads of the captured requests, as text columns. */
  private static Dataset<Row> captured(SparkSession spark, String file) {
    Dataset<Row> payloads = spark.read()
        .schema("captureData STRUCT<endpointInput: STRUCT<data: STRING>>")
        .json(file)
        .select(functions.split(functions.col("captureData.endpointInput.data"), ",").as("fields"));
    int width = payloads.first().getList(0).size();
    var columns = new org.apache.spark.sql.Column[width];
    for (int index = 0; index < width; index++) columns[index] = functions.col("fields").getItem(index).as("_c" + index);
    return payloads.select(columns);
  }
}
