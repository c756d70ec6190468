using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Agent.Signals;

/// <summary>A number for a text, the same on every instance: who was told the text once needs no more than that.</summary>
internal static class TextId
{
    public static uint Of(string text) => BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
