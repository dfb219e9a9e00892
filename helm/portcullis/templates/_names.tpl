{{- define "portcullis.name" -}}
{{- if contains "portcullis" .Release.Name -}}{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else -}}{{ printf "%s-portcullis" (.Release.Name | trunc 39 | trimSuffix "-") }}
{{- end -}}
{{- end -}}

{{- define "portcullis.gate" -}}{{ include "portcullis.name" . }}-gate{{- end -}}

{{- define "portcullis.console" -}}{{ include "portcullis.name" . }}-console{{- end -}}

{{- define "portcullis.consoleHost" -}}{{ include "portcullis.console" . }}.{{ .Release.Namespace }}.svc{{- end -}}

{{- define "portcullis.webhook" -}}{{ .Values.webhook.name | default (include "portcullis.name" .) }}{{- end -}}

{{- define "portcullis.certificateSecret" -}}
{{- if and (eq .Values.certificates.mode "files") (not .Values.certificates.secretName) -}}
{{- fail "certificates.mode is files: say in certificates.secretName which Secret holds tls.crt, tls.key and ca.crt" -}}
{{- end -}}
{{- .Values.certificates.secretName | default (printf "%s-tls" (include "portcullis.gate" .)) -}}
{{- end -}}

{{- define "portcullis.image" -}}
{{- if .Values.image.digest -}}{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "portcullis.gate.selector" -}}
app.kubernetes.io/name: portcullis
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: gate
{{- end -}}

{{- define "portcullis.console.selector" -}}
app.kubernetes.io/name: portcullis
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: console
{{- end -}}

{{- define "portcullis.gate.labels" -}}
{{ include "portcullis.gate.selector" . }}
{{ include "portcullis.labels" . }}
{{- end -}}

{{- define "portcullis.console.labels" -}}
{{ include "portcullis.console.selector" . }}
{{ include "portcullis.labels" . }}
{{- end -}}

{{- define "portcullis.labels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}
