{{/* What belongs to this release, for selectors: they may never change. */}}
{{- define "dateline.selector" -}}
app.kubernetes.io/name: dateline
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "dateline.labels" -}}
{{ include "dateline.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* Name of a part's objects. */}}
{{- define "dateline.name" -}}
{{ printf "%s-%s" (.root.Release.Name | trunc 48 | trimSuffix "-") .part }}
{{- end }}

{{- define "dateline.image" -}}
{{- with .root.Values.image }}{{ with .registry }}{{ . }}/{{ end }}{{ .prefix }}{{ $.part }}:{{ .tag | default $.root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Whether this release runs the message server. */}}
{{- define "dateline.ownServer" -}}
{{- if not (or .Values.nats.url .Values.nats.urlSecret.name) }}yes{{ end }}
{{- end }}

{{/* What opens the server besides its address, from the Secrets that have it. */}}
{{- define "dateline.keys" -}}
{{- range $what, $of := .Values.nats.keys }}
{{- if $of.secret }}
- secret: {name: {{ $of.secret }}, items: [{key: {{ $of.key }}, path: {{ $what }}}]}
{{- end }}
{{- end }}
{{- end }}

{{/* The environment that says where the server is and what opens it; `urlSecret` holds the address, where it has a name. */}}
{{- define "dateline.log" -}}
- name: DATELINE_NATS_URL
  {{- if .urlSecret.name }}
  valueFrom:
    secretKeyRef: {name: {{ .urlSecret.name }}, key: {{ .urlSecret.key }}}
  {{- else }}
  value: {{ .root.Values.nats.url | default (printf "nats://%s:4222" (include "dateline.name" (dict "root" .root "part" "nats"))) }}
  {{- end }}
{{- range $what, $of := .root.Values.nats.keys }}
{{- if $of.secret }}
- name: DATELINE_NATS_{{ upper $what }}
  value: /etc/dateline-nats/{{ $what }}
{{- end }}
{{- end }}
{{- end }}

{{/* The volume with the files that the environment names. */}}
{{- define "dateline.keysVolume" -}}
{{- with include "dateline.keys" . }}
- name: keys
  projected:
    defaultMode: 0440
    sources:
      {{- . | nindent 6 }}
{{- end }}
{{- end }}

{{/* Nothing of Dateline needs to be root, to write to its image or to speak to the cluster. */}}
{{- define "dateline.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* What all pods of Dateline's own images have in common. */}}
{{- define "dateline.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
