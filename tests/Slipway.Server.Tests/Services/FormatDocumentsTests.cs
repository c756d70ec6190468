using Slipway.Server.Services.Format;

namespace Slipway.Server.Tests.Services;

public sealed class FormatDocumentsTests
{
    [Theory]
    [InlineData("contracts/slipway.schema.json")]
    [InlineData("docs/reference/slipway-yaml.md")]
    public void The_committed_document_is_what_the_table_says(string document)
    {
        var expected = document.EndsWith(".json", StringComparison.Ordinal) ? ServiceSchema.Json() : ServiceReference.Markdown();
        var path = Path.Combine(Repository(), document);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == expected, $"{document} is not what ServiceFormat says. UPDATE_SNAPSHOTS=1 ./test Server writes it anew.");
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Slipway.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");

        return folder;
    }
}
