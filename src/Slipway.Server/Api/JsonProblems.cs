using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Slipway.Contracts;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Server.Api;

/// <summary>
/// Turns what the JSON reader says into the field's path and a sentence. Sentences of our own values (<c>ITextValue.Rule</c>) pass as they are;
/// those of the reader name .NET types, which tell a caller nothing.
/// </summary>
internal static partial class JsonProblems
{
    public static Refusal Explain(JsonException exception)
    {
        if (exception.InnerException is JsonException reader)
            return NotJson(reader.LineNumber ?? 0, reader.BytePositionInLine ?? 0);

        var path = (exception.Path ?? "").TrimStart('$').TrimStart('.');
        var message = Position().Replace(exception.Message, "");
        if (Unknown().Match(message) is { Success: true } unknown)
            return UnknownField(path, unknown.Groups["field"].Value, unknown.Groups["type"].Value);
        if (Missing().Match(message) is { Success: true } missing)
            return At(Join(path, Quoted().Match(missing.Groups["fields"].Value).Groups[1].Value), $"Missing: {missing.Groups["fields"].Value.Replace("'", "").TrimEnd('.')}.");
        if (NotConvertible().Match(message) is { Success: true } wrong)
            return At(path, MustBe(wrong.Groups["type"].Value, path));
        if (message.Contains("doesn't allow null", StringComparison.Ordinal) || message.Contains("does not allow null", StringComparison.Ordinal))
            return At(path, "It must not be null.");
        if (message.Contains("type discriminator", StringComparison.Ordinal) || message.Contains("polymorphic", StringComparison.Ordinal))
            return At(Join(path.EndsWith(".kind", StringComparison.Ordinal) || path == "kind" ? "" : path, path.EndsWith(".kind", StringComparison.Ordinal) ? path : "kind"), "kind must be one of allAtOnce, rolling, canary.");
        return IsReadersOwn(message) ? At(path, "This is not possible here; /docs shows an example.") : At(path, message);
    }

    private static Refusal UnknownField(string path, string field, string typeName)
    {
        var known = TypeOf(typeName) is { } type && InfoOf(type) is { } info
            ? $" Possible: {string.Join(", ", info.Properties.Select(property => property.Name))}."
            : "";
        return At(path.Length > 0 && path.EndsWith(field, StringComparison.Ordinal) ? path : Join(path, field), $"There is no field {field} here.{known}");
    }

    /// <summary>The reader names the type that was to be read, or the one that has the field.</summary>
    private static string MustBe(string typeName, string path)
    {
        var type = TypeOf(typeName) ?? Type.GetType(typeName);
        if (type is not null && InfoOf(type) is { Kind: JsonTypeInfoKind.Object } owner)
        {
            var field = LastField().Match(path);
            type = owner.Properties.FirstOrDefault(property => property.Name == field.Groups["name"].Value)?.PropertyType ?? type;
            if (field.Groups["index"].Success && InfoOf(type)?.ElementType is { } element)
                type = element;
        }

        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type is { IsEnum: true })
            return $"It must be one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}.";

        return type switch
        {
            _ when type == typeof(int) || type == typeof(long) => "It must be a whole number.",
            _ when type == typeof(double) => "It must be a number.",
            _ when type == typeof(bool) => "It must be true or false.",
            _ when type == typeof(string) => "It must be text.",
            _ when type == typeof(DateTimeOffset) => "It must be a time such as 2026-01-31T12:00:00Z.",
            _ when typeName.Contains("List`1", StringComparison.Ordinal) || (type is not null && InfoOf(type)?.Kind == JsonTypeInfoKind.Enumerable) => "It must be a list.",
            _ => "It must be an object.",
        };
    }

    private static Refusal NotJson(long line, long position)
    {
        var place = $"line {line + 1}, column {position + 1}";
        return new("invalid_json", StatusCodes.Status400BadRequest, $"The body is not JSON ({place}).")
        {
            Errors = new Dictionary<string, string[]> { [place] = ["This is not JSON."] },
        };
    }

    private static Refusal At(string path, string problem) =>
        path.Length > 0 ? Refusal.Invalid(path, problem) with { Detail = $"{path}: {problem}" } : new("invalid_request", StatusCodes.Status400BadRequest, problem);

    private static string Join(string path, string field) => path.Length == 0 ? field : field.Length == 0 ? path : $"{path}.{field}";

    private static Type? TypeOf(string name) => typeof(ContractsJson).Assembly.GetType(name) ?? typeof(KayentaJson).Assembly.GetType(name);

    private static JsonTypeInfo? InfoOf(Type type) => ContractsJson.Default.GetTypeInfo(type) ?? KayentaJson.Default.GetTypeInfo(type);

    private static bool IsReadersOwn(string message) => message.Contains("JSON", StringComparison.Ordinal) || message.Contains("System.", StringComparison.Ordinal);

    [GeneratedRegex(@" ?Path: \S* \| LineNumber: .*$")]
    private static partial Regex Position();

    [GeneratedRegex("^The JSON property '(?<field>.*)' could not be mapped to any .NET member contained in type '(?<type>.*)'")]
    private static partial Regex Unknown();

    [GeneratedRegex("^JSON deserialization for type '.*' was missing required properties including: (?<fields>.*)$")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^The JSON value could not be converted to (?<type>.*?)\.?$")]
    private static partial Regex NotConvertible();

    [GeneratedRegex(@"(^|\.)(?<name>\w+)(?<index>\[\d+\])?$")]
    private static partial Regex LastField();

    [GeneratedRegex("'(.*?)'")]
    private static partial Regex Quoted();
}
