using System.IO.Compression;
using Google.Protobuf;
using Slipway.Contracts.Ids;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Checks.Verdicts;

namespace Slipway.Server.Checks.Replays;

/// <summary>What instances measured, packed: the agents' own messages, one for each instance, compressed.</summary>
internal static class SignalArchive
{
    private const byte Format = 2;

    /// <summary>Of each side; more would say no more to anybody who looks back.</summary>
    private const int MostOfASide = 20;

    public static byte[] Write(SignalBook book, IReadOnlyList<JudgedInstance> instances)
    {
        using var buffer = new MemoryStream();
        buffer.WriteByte(Format);
        using (var packed = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(packed))
        {
            writer.Write(book.StepMs);
            writer.Write(book.Origin);
            JudgedInstance[] chosen = [.. instances.Where(one => one.Generation is not null).Take(MostOfASide), .. instances.Where(one => one.Generation is null).Take(MostOfASide)];
            var known = chosen.Select(one => (one, Message: book.Find(one.Name)?.Write(book.Origin, book.StepMs))).Where(pair => pair.Message is not null).ToList();
            writer.Write(known.Count);
            foreach (var (instance, message) in known)
            {
                writer.Write(instance.Name.Value);
                writer.Write(instance.Generation is not null);
                writer.Write(instance.Generation ?? 0);
                var bytes = message!.ToByteArray();
                writer.Write(bytes.Length);
                writer.Write(bytes);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>Null: an older server wrote it in a way that is not read any more.</summary>
    public static (ISignals Signals, IReadOnlyList<JudgedInstance> Instances)? Read(byte[] content)
    {
        if (content is not [Format, ..])
            return null;

        using var packed = new BrotliStream(new MemoryStream(content, 1, content.Length - 1), CompressionMode.Decompress);
        using var reader = new BinaryReader(packed);
        var (stepMs, origin, count) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32());
        var known = new Dictionary<InstanceName, InstanceSignals>();
        var instances = new List<JudgedInstance>(count);
        for (var i = 0; i < count; i++)
        {
            var name = InstanceName.Parse(reader.ReadString());
            var (isChanged, generation) = (reader.ReadBoolean(), reader.ReadUInt64());
            var signals = new InstanceSignals(int.MaxValue);
            signals.Take(Contracts.Agent.V1.Signals.Parser.ParseFrom(reader.ReadBytes(reader.ReadInt32())), origin);
            known[name] = signals;
            instances.Add(new(name, isChanged ? generation : null));
        }

        return (new Archived(stepMs, origin, known), instances);
    }

    private sealed record Archived(int StepMs, long Origin, Dictionary<InstanceName, InstanceSignals> Known) : ISignals
    {
        public InstanceSignals? Find(InstanceName instance) => Known.GetValueOrDefault(instance);
    }
}
