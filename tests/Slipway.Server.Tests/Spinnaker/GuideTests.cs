using System.Globalization;
using System.Text.Json;
using Slipway.DeploymentTypes.Spinnaker;
using Slipway.DeploymentTypes.Spinnaker.Settings;

namespace Slipway.Server.Tests.Spinnaker;

/// <summary>docs/guides/spinnaker.md says what the records say.</summary>
public sealed class GuideTests
{
    [Fact]
    public void Every_setting_is_in_the_guide_and_the_guide_has_no_other() =>
        Assert.Equal(Keys(typeof(SpinnakerSettings)).Order(StringComparer.Ordinal), Rows("### Every setting").Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Defaults_that_the_records_have_are_those_of_the_guide()
    {
        var rows = Rows("### Every setting");
        Assert.All(Defaults(new SpinnakerSettings()).Concat(Defaults(new BakeSettings(), "bake.")).Concat(Defaults(new CapacitySettings(), "capacity."))
            .Concat(Defaults(new ApprovalSettings(), "approval.")).Concat(Defaults(new CanarySettings(), "canary.")), pair => Assert.Equal($"`{pair.Value}`", rows[pair.Key]));
    }

    [Fact]
    public void Every_field_of_a_connection_is_in_the_guide_with_its_default()
    {
        var rows = Rows("## Connect");
        var fields = new SpinnakerConnection().Describe.Fields;

        Assert.Equal(fields.Select(field => field.Name), rows.Keys);
        Assert.All(fields.Where(field => field.Default is not null), field => Assert.Equal($"`{field.Default}`", rows[field.Name]));
        Assert.All(fields.Where(field => field.Required), field => Assert.Equal("required", rows[field.Name]));
    }

    /// <summary>The first table after a heading: the key in its first column to the text in its last.</summary>
    private static Dictionary<string, string> Rows(string heading) => File.ReadLines(Path.Combine(Repository(), "docs/guides/spinnaker.md"))
        .SkipWhile(line => line != heading)
        .SkipWhile(line => !line.StartsWith('|'))
        .TakeWhile(line => line.StartsWith('|'))
        .Skip(2)
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[0].Trim('`'), cells => cells[^1]);

    private static IEnumerable<string> Keys(Type record, string prefix = "") => record.GetProperties().SelectMany(property =>
    {
        var type = property.PropertyType;
        var item = type.IsGenericType && type.GetGenericArguments() is [var only] ? only : type;
        var key = prefix + JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        return item.Namespace == typeof(SpinnakerSettings).Namespace ? Keys(item, item == type ? $"{key}." : $"{key}[].") : [key];
    });

    /// <summary>Those that are one value, not nothing and not a text with nothing in it.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Defaults(object record, string prefix = "") =>
        from property in record.GetType().GetProperties()
        let value = property.GetValue(record)
        where value is string { Length: > 0 } or int or bool or Contracts.Services.Duration
        let text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)
        select KeyValuePair.Create(prefix + JsonNamingPolicy.CamelCase.ConvertName(property.Name), text!);

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Slipway.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");

        return folder;
    }
}
