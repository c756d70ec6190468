using System.Text;

namespace Slipway.Server.Services.Format;

/// <summary>The format as a page of the documentation.</summary>
internal static class ServiceReference
{
    public static string Markdown()
    {
        var page = new StringBuilder("""
            # slipway.yaml

            <!-- Made from the table in src/Slipway.Server/Services/Format/ServiceFormat.cs; UPDATE_SNAPSHOTS=1 ./test Server writes it anew. -->

            Every key, what it may be and what it is when left out. Durations are written `500ms`, `30s`, `5m`, `2h`, `7d`; sizes `500KB`, `10MB`, `2GB`
            (steps of 1024); amounts of instances `3` or `25%`. Editors complete and check the file with this first line:

            ```yaml
            # yaml-language-server: $schema=http://127.0.0.1:8080/slipway.schema.json
            ```

            Config values of the file are the base of a target's config. Values set through the API stay on top: a value counts as set through the API when it
            differs from what the file said before. A secret of the same name wins over both.

            """.ReplaceLineEndings("\n")).Append('\n');
        foreach (var part in Parts())
            Append(page, part);

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static IEnumerable<IRecordShape> Parts() => ServiceFormat.Definition.Parts.Prepend(ServiceFormat.Definition).DistinctBy(part => part.Title);

    private static void Append(StringBuilder page, IRecordShape part)
    {
        page.Append(part.Title == ServiceFormat.Definition.Title ? "## The file\n\n" : $"## {part.Title}\n\n");
        page.Append("| key | what it means | what it may be | default |\n|---|---|---|---|\n");
        foreach (var field in part.Describe())
        {
            var may = field.Shape is IRecordShape record ? $"keys, see [{record.Title}](#{Anchor(record.Title)})" : field.Shape.Says;
            page.Append(null, $"| `{field.Key}` | {Cell(field.Description)} | {Cell(may)} | {(field.Required ? "required" : Default(field.Default))} |\n");
        }

        page.Append('\n');
    }

    private static string Default(Node? node) => node switch
    {
        ScalarNode scalar => $"`{scalar.Text}`",
        ListNode { Items: [MapNode map] } => $"one: {string.Join(", ", map.Entries.Select(entry => $"{entry.Key.Text} `{((ScalarNode)entry.Value).Text}`"))}",
        _ => "",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    private static string Anchor(string title) => new([.. title.Where(c => char.IsLetterOrDigit(c) || c is '-').Select(char.ToLowerInvariant)]);
}
