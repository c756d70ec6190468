using System.Globalization;
using System.Text;

namespace Slipway.Client.Http;

/// <summary>A path with the query parameters that have a value.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder text = new(path);
    private char separator = '?';

    public Query Add(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return this;

        text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        separator = '&';
        return this;
    }

    public Query Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, bool? value) => Add(name, value switch { true => "true", false => "false", null => null });

    public override string ToString() => text.ToString();
}
