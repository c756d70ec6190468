using System.Globalization;
using Slipway.Contracts.Services;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Services;

/// <summary>What differs between two definitions, one line for each key, for a person.</summary>
internal static class Differences
{
    private const int Longest = 60;

    public static IReadOnlyList<string> Between(ServiceDefinition before, ServiceDefinition after)
    {
        var (old, now) = (Flat(before), Flat(after));
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(place => old.GetValueOrDefault(place) != now.GetValueOrDefault(place))
            .Select(place => (old.GetValueOrDefault(place), now.GetValueOrDefault(place)) switch
            {
                (null, var value) => $"{place}: {Short(value!)} (new)",
                (var value, null) => $"{place}: removed (was {Short(value)})",
                var (was, value) => $"{place}: {Short(was)} → {Short(value)}",
            })];
    }

    private static Dictionary<string, string> Flat(ServiceDefinition definition)
    {
        var values = new Dictionary<string, string>();
        Add(ServiceFormat.Definition.Write(definition, ""));
        return values;

        void Add(Node node)
        {
            switch (node)
            {
                case ScalarNode scalar:
                    values[scalar.Place] = scalar.Text;
                    break;
                case ListNode list when list.Items.All(item => item is ScalarNode):
                    values[list.Place] = string.Join(' ', list.Items.Cast<ScalarNode>().Select(item => item.Text));
                    break;
                case ListNode list:
                    foreach (var item in list.Items)
                        Add(item);
                    break;
                case MapNode map:
                    foreach (var entry in map.Entries)
                        Add(entry.Value);
                    break;
            }
        }
    }

    private static string Short(string text)
    {
        var lines = text.AsSpan().Count('\n');
        return lines > 0 ? string.Create(CultureInfo.InvariantCulture, $"{lines + 1} lines")
            : text.Length <= Longest ? text
            : text[..(Longest - 3)] + "...";
    }
}
