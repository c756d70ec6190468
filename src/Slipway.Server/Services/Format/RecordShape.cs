using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Slipway.Server.Services.Format;

/// <summary>A field for the documentation: its key, what it means, what it may be and what it is when left out.</summary>
internal sealed record FieldDescription(string Key, string Description, IShape Shape, bool Required, Node? Default);

internal interface IRecordShape
{
    string Title { get; }

    IEnumerable<FieldDescription> Describe();
}

/// <summary>Keys with a meaning each. The table that it is built from is the only place that knows a key.</summary>
internal sealed class RecordShape<T>(string title, Func<T> start) : Shape<T>, IRecordShape
    where T : class
{
    private readonly List<Field> fields = [];
    private readonly List<Action<T, MapNode, Mistakes>> checks = [];

    public string Title => title;

    public override string Says => "keys: " + string.Join(", ", fields.Select(item => item.Key));

    public override IEnumerable<IRecordShape> Parts =>
        fields.SelectMany(item => item.Shape is IRecordShape record ? record.WithParts(item.Shape) : item.Shape.Parts);

    /// <summary>Adds a key. <paramref name="late"/>: it is read after the others, because what it means depends on them.</summary>
    public RecordShape<T> With<TValue>(
        string key,
        string description,
        Shape<TValue> shape,
        Func<T, object?> get,
        Func<T, TValue, T> set,
        bool required = false,
        Func<T, Shape<TValue>>? late = null)
    {
        fields.Add(new Field<TValue>(key, description, shape, get, set, required, late));
        return this;
    }

    /// <summary>Adds a rule between keys.</summary>
    public RecordShape<T> Check(Action<T, MapNode, Mistakes> check)
    {
        checks.Add(check);
        return this;
    }

    public override bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out T value)
    {
        if (node is not MapNode map)
            return Refuse(node, mistakes, out value);

        var before = mistakes.All.Count;
        value = start();
        foreach (var entry in map.Entries.Where(entry => fields.All(field => field.Key != entry.Key.Text)))
            mistakes.Add(entry.Key, Unknown(entry.Key.Text));

        foreach (var field in fields.OrderBy(field => field.IsLate))
        {
            if (map.Entries.FirstOrDefault(entry => entry.Key.Text == field.Key) is { } entry)
                value = field.Read(value, entry.Value, mistakes);
            else if (field.Required)
                mistakes.Add(map, $"\"{field.Key}\" is missing: {field.Description}");
        }

        // Rules between keys speak only about keys that are right by themselves.
        if (mistakes.All.Count == before)
            checks.ForEach(Apply(value, map, mistakes));

        return mistakes.All.Count == before;
    }

    public override Node Write(T value, string place) => value is null ? ScalarNode.Nothing(place) : new MapNode(
        place,
        [.. fields.Select(field => (field.Key, Node: field.Write(value, place.Length == 0 ? field.Key : $"{place}.{field.Key}")))
            .Where(pair => pair.Node is not null)
            .Select(pair => new MapEntry(new(pair.Node!.Place, pair.Key), pair.Node))]);

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var field in Describe())
        {
            var schema = field.Shape.Schema();
            schema["description"] = field.Description;
            if (field.Default is { } value)
                schema["default"] = AnyShape.ToJson(value);

            properties[field.Key] = schema;
        }

        var result = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (fields.Any(field => field.Required))
            result["required"] = new JsonArray([.. fields.Where(field => field.Required).Select(field => JsonValue.Create(field.Key))]);

        return result;
    }

    public IEnumerable<FieldDescription> Describe() =>
        fields.Select(field => new FieldDescription(
            field.Key,
            field.Description,
            field.Shape,
            field.Required,
            field.Required || field.Shape is IRecordShape ? null : field.Write(start(), "")));

    private static Action<Action<T, MapNode, Mistakes>> Apply(T value, MapNode map, Mistakes mistakes) => check => check(value, map, mistakes);

    private string Unknown(string key)
    {
        var known = fields.Select(field => field.Key).ToList();
        return Nearest.To(key, known) is { } nearest
            ? $"There is no key \"{key}\" here. Did you mean \"{nearest}\"?"
            : $"There is no key \"{key}\" here. Known are: {string.Join(", ", known)}.";
    }

    private abstract class Field(string key, string description, IShape shape, bool required)
    {
        public string Key => key;

        public string Description => description;

        public IShape Shape => shape;

        public bool Required => required;

        public abstract bool IsLate { get; }

        public abstract T Read(T record, Node node, Mistakes mistakes);

        public abstract Node? Write(T record, string place);
    }

    private sealed class Field<TValue>(
        string key,
        string description,
        Shape<TValue> shape,
        Func<T, object?> get,
        Func<T, TValue, T> set,
        bool required,
        Func<T, Shape<TValue>>? late) : Field(key, description, shape, required)
    {
        public override bool IsLate => late is not null;

        public override T Read(T record, Node node, Mistakes mistakes) =>
            (late?.Invoke(record) ?? shape).TryRead(node, mistakes, out var value) ? set(record, value) : record;

        public override Node? Write(T record, string place) =>
            get(record) is TValue value && !shape.IsNothing(value) ? (late?.Invoke(record) ?? shape).Write(value, place) : null;
    }
}

internal static class RecordParts
{
    public static IEnumerable<IRecordShape> WithParts(this IRecordShape record, IShape shape) => [record, .. shape.Parts];
}
