using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Slipway.Server.Persistence;

/// <summary>A property kept as JSON text, written as the API writes it.</summary>
internal static class JsonColumn
{
    /// <summary>The value must be treated as immutable: a change is a new value.</summary>
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property, JsonTypeInfo type)
    {
        property.HasConversion(
            value => JsonSerializer.Serialize(value, type),
            text => (T)JsonSerializer.Deserialize(text, type)!,
            new ValueComparer<T>(
                (left, right) => JsonSerializer.Serialize(left, type) == JsonSerializer.Serialize(right, type),
                value => JsonSerializer.Serialize(value, type).GetHashCode(StringComparison.Ordinal),
                value => value));
        return property;
    }
}
